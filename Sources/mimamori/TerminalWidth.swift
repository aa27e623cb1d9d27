// How many columns the terminal has, asked of the terminal itself (TIOCGWINSZ); in effect unlimited when the output is
// none, so that nothing is cut in a file.

import Foundation

extension Console {
    var width: Int {
        guard outputIsTerminal else { return 200 }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
