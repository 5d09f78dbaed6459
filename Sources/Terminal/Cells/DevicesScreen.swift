import AQICore
import Texts

extension Dashboard {
    /// The screen of the devices: what they read, how often they answered, and what went wrong.
    package func devices(_ snapshot: Snapshot, rows: Int, columns: Int) -> Canvas {
        var canvas = Canvas(rows: rows, columns: columns)
        guard rows >= Dashboard.smallest.rows, columns >= Dashboard.smallest.columns else {
            canvas.put(words.tooSmall, row: 0, column: 0, style: .alert)
            return canvas
        }
        canvas.put(words.devicesTitle, row: 0, column: 1, style: .strong)
        canvas.put(snapshot.time.dateAndClock, row: 0, endingAt: columns - 1)
        let numbers = ["ok", "t/o", "crc", "bad", "exc", "late", "sync", "lost", "p50 ms", "p99 ms"]
        let ends = stride(from: columns - 1, through: columns - 1 - 6 * (numbers.count - 1), by: -6).reversed()
        for (title, end) in zip(numbers, ends) { canvas.put(title, row: 2, endingAt: end, style: .faint) }
        // The last screen's row is for the keys.
        for (place, device) in snapshot.devices.prefix((rows - 4) / 2).enumerated() {
            let row = 3 + 2 * place
            let state = device.isAsked ? words.phase(device.phase) : words.deviceIsPaused
            let isWell = device.isAsked && device.phase == nil
            canvas.put(
                "\(device.bus): \(device.name)".fitting(columns - state.columns - 4), row: row, column: 1,
                style: .strong)
            canvas.put(state, row: row, endingAt: columns - 1, style: isWell ? .faint : .alert)
            let refusals = device.exceptions.values.reduce(0, +)
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
        canvas.put(words.keysOfDevices, row: rows - 1, column: 1, style: .faint)
        return canvas
    }

    /// A count in at most five columns.
    private static func short(_ count: UInt64) -> String {
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

extension String {
    /// The text cut to so many columns.
    fileprivate func fitting(_ columns: Int) -> String {
        var text = ""
        var used = 0
        for character in self {
            let width = String(character).columns
            guard used + width <= columns else { break }
            text.append(character)
            used += width
        }
        return text
    }
}
