"""Operations that fit what a finding quotes, with the words of its fix choosing among them.

No sentence is known here. What the text spells out (a version, an option, a key with its value) is
held against what stands in the code quoted; where one thing alone can be meant, that is done.
"""
