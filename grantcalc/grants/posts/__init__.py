"""Tables of posts, from a workbook or a text: what their columns mean, and the costs in them."""
