import AQICore
import Texts

extension Dashboard {
    /// Stations that send here by HJ 212: packets, what is wrong with them, and their clocks.
    func senders(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        let top = Dashboard.top
        guard !snapshot.senders.isEmpty else {
            canvas.put(words.noSenders, row: top, column: 1)
            return
        }
        let ends = (packets: 34, refused: 42, heard: 50, clock: 58)
        canvas.put("MN", row: top, column: 2, style: .faint)
        for (title, end) in zip(words.senderColumns, [ends.packets, ends.refused, ends.heard, ends.clock]) {
            canvas.put(title, row: top, endingAt: end, style: .faint)
        }
        canvas.put(words.columnSins, row: top, column: ends.clock + 3, style: .faint)
        let room = Dashboard.bodyRows(canvas.rows) - 1
        let offset = min(max(view.scroll, 0), max(0, snapshot.senders.count - room))
        for (line, sender) in snapshot.senders.dropFirst(offset).prefix(room).enumerated() {
            let row = top + 1 + line
            canvas.put(
                sender.isConnected ? "+" : "-", row: row, column: 0, style: sender.isConnected ? .faint : .alert)
            canvas.put(
                "\(sender.receiver): \(sender.name)".fitting(ends.packets - 8), row: row, column: 2, style: .strong)
            canvas.put(Dashboard.short(sender.packets), row: row, endingAt: ends.packets)
            canvas.put(
                Dashboard.short(sender.refused), row: row, endingAt: ends.refused,
                style: sender.refused > 0 ? .alert : .plain)
            let heard = sender.heard.map { words.age(seconds: snapshot.time - $0) } ?? "-"
            canvas.put(heard, row: row, endingAt: ends.heard, style: sender.isConnected ? .faint : .alert)
            if let offset = sender.clockOffset {
                // Beyond any clock: a day and more is told as such.
                let text =
                    offset.magnitude < 100_000
                    ? "\(offset > 0 ? "+" : "")\(offset) s" : words.age(seconds: Int64(clamping: offset.magnitude))
                canvas.put(text, row: row, endingAt: ends.clock, style: sender.isClockOff ? .alert : .faint)
                if sender.isClockOff { canvas.put("!", row: row, column: ends.clock, style: .alert) }
            }
            let sins = sender.sins.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { "\($0.key) \($0.value)" }
            canvas.put(sins.joined(separator: ", "), row: row, column: ends.clock + 3)
        }
    }
}
