// A table for a person's eyes: columns as wide as their content, full-width characters counted as two (DisplayWidth),
// two spaces between, the last column cut where the terminal ends. Programs take `--json`.

import MimamoriClient

struct Table {
    let header: [String]
    private(set) var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    /// As many cells as the header; texts from others are made safe here.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == header.count, "a row has a cell for each column")
        rows.append(cells.map(PlainText.line))
    }

    /// Lines of at most `columns`, as far as cutting the last column allows.
    func lines(columns: Int = 80) -> [String] {
        let all = [header] + rows
        let widths = header.indices.map { index in all.map { DisplayWidth.of($0[index]) }.max() ?? 0 }
        return all.map { cells in
            var line = ""
            for (index, cell) in cells.enumerated() {
                if index == cells.count - 1 {
                    line += DisplayWidth.cut(cell, to: max(8, columns - DisplayWidth.of(line)))
                } else {
                    line += DisplayWidth.pad(cell, to: widths[index]) + "  "
                }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

extension Console {
    func table(_ table: Table) {
        let lines = table.lines(columns: width)
        for (index, line) in lines.enumerated() {
            index == 0 ? data(styled(line, .faint, on: outputIsTerminal)) : data(line)
        }
    }

    /// Label and value, the values in one column.
    func pairs(_ pairs: [(String, String)]) {
        let width = pairs.map { DisplayWidth.of($0.0) }.max() ?? 0
        for (label, value) in pairs { data(DisplayWidth.pad(label, to: width) + "  " + PlainText.line(value)) }
    }

    /// Things whose line would be too long for a table: a first line, and one below that says more.
    func entry(_ first: [String], _ second: [String]) {
        data(first.filter { !$0.isEmpty }.map(PlainText.line).joined(separator: "  "))
        let more = second.filter { !$0.isEmpty }.map(PlainText.line).joined(separator: "  ")
        data(styled("    " + more, .faint, on: outputIsTerminal))
    }
}
