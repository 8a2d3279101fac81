### The telephone robot, and answers to text messages.
