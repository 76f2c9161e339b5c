"""What happens when a program is killed, a disk refuses, a clock jumps, or bytes change."""
