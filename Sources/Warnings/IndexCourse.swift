package import AQICore

/// `A`, the index of the 24 h means without ozone, hour by hour, nil where it is not known: what documents show of the air.
package struct IndexCourse: Equatable, Sendable {
    package let first: Hour
    package let indices: [Int32?]

    package init(first: Hour, indices: [Int32?]) {
        self.first = first
        self.indices = indices
    }

    /// Of the hours of a city as a plan measures them; hours of dust do not count.
    package init(first: Hour, rows: some Sequence<HourRow>, plan: WarningPlan, dust: HourRanges = HourRanges()) {
        var hours = ObservedHours(plan: plan)
        for range in dust.ranges { hours.setDust(range.first...range.last, true) }
        var hour = first
        var indices: [Int32?] = []
        for row in rows {
            _ = hours.append(row, at: hour, needed: nil)
            indices.append(hours.index24.last?.index)
            hour = hour + 1
        }
        self.init(first: first, indices: indices)
    }

    package var last: Hour { first + Int32(indices.count - 1) }

    /// Nil outside, too.
    package subscript(hour: Hour) -> Int32? {
        let place = Int(hour - first)
        return indices.indices.contains(place) ? indices[place] : nil
    }

    /// The indices of a range, hour by hour.
    package func part(_ hours: ClosedRange<Hour>) -> [Int32?] {
        (0...(hours.upperBound - hours.lowerBound)).map { self[hours.lowerBound + $0] }
    }

    /// The highest index of a range and its first hour; nil where nothing is known.
    package func peak(_ hours: ClosedRange<Hour>) -> (index: Int32, hour: Hour)? {
        var peak: (index: Int32, hour: Hour)?
        for (offset, index) in part(hours).enumerated() {
            if let index, index > peak?.index ?? -1 { peak = (index, hours.lowerBound + Int32(offset)) }
        }
        return peak
    }

    /// How many 24 h windows above a bound that do not overlap end in a range (Plan 四).
    package func days(above bound: Int32, in hours: ClosedRange<Hour>) -> Int {
        var days = 0
        var hour = hours.lowerBound
        while hour <= hours.upperBound {
            let isAbove = self[hour].map { $0 > bound } ?? false
            if isAbove { days += 1 }
            hour = hour + (isAbove ? 24 : 1)
        }
        return days
    }
}

extension IndexCourse {
    /// Of a forecast, its first day with the hours that came before it, where they are known.
    package init(_ forecast: Forecast, after before: (Hour) -> HourRow, plan: WarningPlan) {
        let lead: Int32 = 23
        let rows = (0..<lead).map { before(forecast.first - lead + $0) } + forecast.rows
        let course = IndexCourse(first: forecast.first - lead, rows: rows, plan: plan)
        self.init(first: forecast.first, indices: Array(course.indices.dropFirst(Int(lead))))
    }

    /// Of forecast days: each index stands at the last hour of its day.
    package init?(days: [NaturalDay: Int32]) {
        guard let first = days.keys.min(), let last = days.keys.max(), last.number - first.number < 400 else {
            return nil
        }
        var indices = [Int32?](repeating: nil, count: Int(last.lastHour - first.firstHour) + 1)
        for (day, index) in days { indices[Int(day.lastHour - first.firstHour)] = index }
        self.init(first: first.firstHour, indices: indices)
    }
}
