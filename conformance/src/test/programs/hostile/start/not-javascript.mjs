this is (not JavaScript
