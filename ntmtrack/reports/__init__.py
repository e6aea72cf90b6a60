"""Reports: values first (`Report`), then one module per way of showing them."""
