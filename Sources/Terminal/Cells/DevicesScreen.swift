import AQICore
import Texts

extension Dashboard {
    /// The screen of the devices: what they read, how often they answered, and what went wrong.
    func devices(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        guard !snapshot.devices.isEmpty else {
            canvas.put(words.noDevices, row: Dashboard.top, column: 1)
            return
        }
        let columns = canvas.columns
        let numbers = ["ok", "t/o", "crc", "bad", "exc", "late", "sync", "lost", "p50 ms", "p99 ms"]
        // From the right edge; the last two are wider: their titles have a unit.
        let ends = [57, 51, 45, 39, 33, 27, 21, 15, 7, 0].map { columns - 1 - $0 }
        for (title, end) in zip(numbers, ends) { canvas.put(title, row: Dashboard.top, endingAt: end, style: .faint) }
        let room = max((Dashboard.bodyRows(canvas.rows) - 1) / 2, 1)
        let offset = min(max(view.scroll, 0) / 2, max(0, snapshot.devices.count - room))
        for (place, device) in snapshot.devices.dropFirst(offset).prefix(room).enumerated() {
            let row = Dashboard.top + 1 + 2 * place
            let silence = words.silence(device)
            let state = silence ?? words.phase(device.phase)
            let isWell = silence == nil && device.phase == nil
            canvas.put(
                "\(device.bus): \(device.name)".fitting(columns - state.columns - 4), row: row, column: 1,
                style: .strong)
            canvas.put(state, row: row, endingAt: columns - 1, style: isWell ? .faint : .alert)
            let refusals = device.exceptions.values.reduce(0, &+)
            let counts = [
                device.answered, device.timeouts, device.checksums, device.malformed, refusals, device.late,
                device.resyncs, device.losses,
            ]
            var texts = counts.map(Dashboard.short)
            texts += [device.median, device.slowest].map { $0.map(Dashboard.milliseconds) ?? "-" }
            for (place, (text, end)) in zip(texts, ends).enumerated() {
                let isFailure = (1...4).contains(place) || place == 7
                canvas.put(text, row: row + 1, endingAt: end, style: isFailure && counts[place] > 0 ? .alert : .plain)
            }
        }
    }

    /// A count in at most five columns.
    static func short(_ count: UInt64) -> String {
        switch count {
        case ..<100_000: "\(count)"
        case ..<10_000_000: "\(count / 1000)k"
        case ..<10_000_000_000: "\(count / 1_000_000)M"
        default: "\(count / 1_000_000_000)G"
        }
    }

    /// Milliseconds with as many decimals as go into five columns.
    private static func milliseconds(_ microseconds: Int64) -> String {
        let thousandths = Int32(clamping: microseconds)
        return DecimalWriting.fixed(thousandths: thousandths, decimals: thousandths < 100_000 ? 2 : 0)
    }
}
