"""A document as Word has it: the paper of Decree 30/2020/NĐ-CP with its tables and annexes."""
