"""What is wrong in a plan or worth knowing: each module one subject, pure, findings in the order of the document."""
