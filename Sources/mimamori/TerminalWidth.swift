// How many columns the terminal has; unlimited in effect when the output is none, so that nothing is cut in a file. The width is
// asked of the terminal itself (TIOCGWINSZ).

import Foundation

extension Console {
    var width: Int {
        guard outputIsTerminal else { return 200 }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
