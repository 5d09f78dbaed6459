import AQICore

/// Hours of one pollutant, written as a row of numbers: what the tests of the quality check set out from.
struct QualityCase {
    var pollutant = Pollutant.so2
    var thresholds = QualityThresholds()

    init(_ pollutant: Pollutant = .so2, _ change: (inout PollutantThresholds) -> Void) {
        self.pollutant = pollutant
        change(&thresholds[pollutant])
    }

    /// The hours, from the first to the last, in which a rule marks one of the values; nil is a missing hour.
    func marked(_ rule: SuspectRule, _ values: [Int32?]) throws -> [Int] {
        var check = QualityCheck(thresholds: thresholds)
        var places: [Int] = []
        for (place, value) in values.enumerated() {
            var row = HourRow()
            if let value { row[pollutant] = Concentration(thousandths: value) }
            let marks = try check.examine(row, at: Hour(start: 412_000 + Int32(place)))
            if marks[pollutant].contains(rule) { places.append(place) }
        }
        return places
    }
}

/// A row of six concentrations in thousandths.
func hourRow(_ thousandths: [Int32?]) -> HourRow {
    var row = HourRow()
    for (pollutant, value) in zip(Pollutant.allSix, thousandths) {
        if let value { row[pollutant] = Concentration(thousandths: value) }
    }
    return row
}
