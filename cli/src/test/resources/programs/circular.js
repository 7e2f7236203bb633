const circle = {};
circle.self = circle;
process.stdout.write(circle);
