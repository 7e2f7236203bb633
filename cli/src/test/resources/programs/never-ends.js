function spin() {
  for (;;);
}
spin();
