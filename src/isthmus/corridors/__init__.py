"""Station 5: how goods and energy get across, what a shipment costs in money and hours, and where the bottleneck is."""
