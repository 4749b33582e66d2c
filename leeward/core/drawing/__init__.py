"""Drawing words and shapes as SVG without a browser. What is drawn is for the apps above."""
