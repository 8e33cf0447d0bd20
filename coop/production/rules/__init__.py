"""What stands in the way on the shop floor, as lists of reasons; no writes, no clock. One module for each thing."""
