import AQICore

/// The three reports, worked out from raw hours as the contract tells them: everything anew, in fractions, nothing shared
/// with the code under test but its names for pollutants, editions and reports.
struct SlowReport: Equatable {
    enum Cell: Equatable {
        case notReported
        case notMonitored
        case missing
        /// Published concentration in thousandths; sub-index, or nil where another mean should stand in and is not valid.
        case value(Int, Int?)

        var subIndex: Int? { if case .value(_, let index) = self { index } else { nil } }
    }

    /// pm25, pm10, so2, no2, co, o3, o3_8h.
    var cells: [Cell]
    var index: Int?

    var primary: [String] {
        guard let index, index > 50 else { return [] }
        let names = ["pm25", "pm10", "so2", "no2", "co", "o3", "o3_8h"]
        return zip(names, cells).filter { $0.1.subIndex == index }.map(\.0)
    }
}

struct SlowStation {
    /// Thousandths by start of the hour; six pollutants in the order of the columns.
    var hours: [Int: [Int?]] = [:]

    private func values(_ pollutant: Pollutant, _ range: ClosedRange<Int>) -> [Int] {
        range.compactMap { hours[$0]?[pollutant.index] }
    }

    private func cell(
        _ mean: Rational, _ pollutant: Pollutant, isHour: Bool, _ edition: Edition
    ) -> SlowReport.Cell {
        let step = PublishedTables.step(pollutant)
        let shown = mean.rounded(toStep: step)
        let row = PublishedTables.row(pollutant, isHour: isHour)
        let index = PublishedTables.subIndex(edition == .hj633Of2026 ? shown : mean, row, edition)
        return .value((shown * Rational(1000)).top, index)
    }

    /// A mean over the 24 hours, valid with 20.
    private func dayCell(_ pollutant: Pollutant, ending: Int, _ edition: Edition) -> SlowReport.Cell {
        let values = values(pollutant, ending - 23...ending)
        guard values.count >= 20 else { return .missing }
        return cell(.mean(ofThousandths: values), pollutant, isHour: false, edition)
    }

    private func hourCell(_ pollutant: Pollutant, _ hour: Int, _ edition: Edition) -> SlowReport.Cell {
        guard let value = hours[hour]?[pollutant.index] else { return .missing }
        let own = cell(Rational(value, over: 1000), pollutant, isHour: true, edition)
        guard pollutant == .so2, case .value(let shown, nil) = own else { return own }
        return .value(shown, dayCell(.so2, ending: hour, edition).subIndex)
    }

    /// The 8 h means that count for a report: those with 6 hours.
    private func ozoneMeans(ending hour: Int, windows: Int) -> [Rational] {
        (0..<windows).compactMap { age in
            let values = values(.o3, hour - age - 7...hour - age)
            return values.count >= 6 ? .mean(ofThousandths: values) : nil
        }
    }

    private func ozone8Cell(ending hour: Int, windows: Int, _ edition: Edition) -> SlowReport.Cell {
        let means = ozoneMeans(ending: hour, windows: windows)
        guard let largest = means.max() else { return .missing }
        guard means.count >= 14 || largest.rounded(toStep: Rational(1)) > Rational(160) else { return .missing }
        let own = cell(largest, .o3, isHour: false, edition)
        guard case .value(let shown, nil) = own else { return own }
        guard let hour = values(.o3, hour - 23...hour).max() else { return own }
        return .value(shown, cell(Rational(hour, over: 1000), .o3, isHour: true, edition).subIndex)
    }

    func report(
        _ kind: ReportKind, _ edition: Edition, ending hour: Int, ozone: Bool, notMonitored: Set<Pollutant>
    ) -> SlowReport {
        var cells = [SlowReport.Cell](repeating: .notReported, count: 7)
        for pollutant in Pollutant.allSix.prefix(5) {
            cells[pollutant.index] =
                kind == .realtime
                ? hourCell(pollutant, hour, edition) : dayCell(pollutant, ending: hour, edition)
        }
        if ozone {
            switch kind {
            case .realtime: cells[5] = hourCell(.o3, hour, edition)
            case .running24: cells[6] = ozone8Cell(ending: hour, windows: 24, edition)
            case .daily:
                // Ending 08:00 ... 24:00.
                cells[6] = ozone8Cell(ending: hour, windows: 17, edition)
                if edition == .hj633Of2012 {
                    let values = values(.o3, hour - 23...hour)
                    cells[5] = .missing
                    if values.count >= 20, let largest = values.max() {
                        cells[5] = cell(Rational(largest, over: 1000), .o3, isHour: true, edition)
                    }
                }
            }
        }
        for pollutant in notMonitored {
            if pollutant != .o3 {
                cells[pollutant.index] = .notMonitored
            } else if ozone {
                cells[5] = .notMonitored
                cells[6] = .notMonitored
            }
        }
        let largest = cells.compactMap(\.subIndex).max()
        let lacks = cells.contains { cell in
            switch cell {
            case .missing, .value(_, nil): true
            default: false
            }
        }
        // 2026 5.3.1; 2012 publishes what is there.
        let isWithheld = edition == .hj633Of2026 && lacks && (largest.map { $0 <= 100 } ?? true)
        return SlowReport(cells: cells, index: isWithheld ? nil : largest)
    }
}
