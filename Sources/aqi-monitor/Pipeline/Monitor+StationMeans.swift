import AQICore
import Ingest
import Warnings

/// How the hours and days that a station made itself compare with those that are made here.
struct StationMeansTally: Equatable {
    /// Values that could be compared, and those of them that differ by more than the station's last digit.
    var compared: UInt64 = 0
    var differing: UInt64 = 0
    /// Values of hours that stand in for want of samples.
    var used: UInt64 = 0
}

/// What a station made itself and differs from what is made here.
struct StationDifference: Equatable {
    struct Value: Equatable {
        var pollutant: Pollutant
        /// Thousandths.
        var here: Int32
        var there: Int32
    }

    var station: String
    var interval: StationMean.Interval
    /// The end of the interval, as tables call it.
    var time: Instant
    var values: [Value]
}

/// Hours are made here, of samples. What stations make themselves (HJ 212: 2061, 2031) is compared with them. Their hours stand
/// in for those for which no or too few samples came, marked as backfilled; samples that come later put them aside again.
/// Days are only compared, and not of ozone, whose daily value is a maximum.
extension Monitor {
    /// Means that wait for the end of their interval here, of one station.
    private static let mostAwaited = 8

    mutating func take(_ means: [StationMean]) {
        for mean in means {
            let station = Int(mean.station)
            stations[station].awaited.append(mean)
            if stations[station].awaited.count > Monitor.mostAwaited { stations[station].awaited.removeFirst() }
            awaiting.insert(station)
            // An hour that is not closed yet is closed with it.
            let own = Hour(containing: mean.start)
            if mean.interval == .hour, let hour, own >= hour, own <= hour + 1 {
                stations[station].samples[Monitor.lateHours + Int(own - hour)].take(mean)
            }
        }
    }

    /// What waits is remembered: its station has the acknowledgement with it, and does not send it again.
    mutating func remember(_ means: [StationMean], _ effects: inout [Effect]) {
        for station in Set(means.map { Int($0.station) }).sorted() where !stations[station].awaited.isEmpty {
            effects.append(.awaiting(station: stations[station].key, stations[station].awaited))
        }
    }

    /// Judges the means whose intervals are closed. Returns the hours that changed with them.
    mutating func judgeMeans(_ effects: inout [Effect]) {
        guard let hour, let firstSampled, !awaiting.isEmpty else { return }
        var revised: Set<Hour> = []
        for station in awaiting.sorted() {
            var rest: [StationMean] = []
            for mean in stations[station].awaited {
                let last = mean.lastHour
                if last > hour + 1 { continue }
                guard let closed = stations[station].hours.last, last <= closed else {
                    rest.append(mean)
                    continue
                }
                if mean.interval == .day {
                    stations[station].compare(day: mean, &effects)
                } else {
                    let place = last >= firstSampled && last < hour ? Monitor.lateHours + Int(last - hour) : -1
                    if stations[station].judge(mean, of: last, at: place, &effects) { revised.insert(last) }
                }
            }
            stations[station].awaited = rest
            if rest.isEmpty { awaiting.remove(station) }
        }
        for hour in revised.sorted() { office.revise(cityRow(at: hour), at: hour) }
    }
}

extension StationMean {
    /// The hour with whose end its interval ends.
    var lastHour: Hour { interval == .hour ? Hour(containing: start) : Hour(containing: start) + 23 }
}

extension Monitor.HourSamples {
    /// Takes in the hour that the station made itself.
    mutating func take(_ mean: StationMean) {
        if stationHour.isEmpty { stationHour = Array(repeating: .missing(.absent), count: Pollutant.count) }
        for value in mean.values {
            stationHour[value.pollutant.index] = Concentration(thousandths: value.thousandths)
        }
    }

    /// Whether a value is the one of the station's own hour.
    func isOfStation(_ pollutant: Pollutant) -> Bool {
        guard !stationHour.isEmpty, !stationHour[pollutant.index].isMissing else { return false }
        return measured(pollutant).isForWantOfSamples
    }
}

extension Concentration {
    /// Whether it is missing because nothing, or too little, came: not because the instrument measured something else.
    fileprivate var isForWantOfSamples: Bool { isMissing && (reason == .absent || reason == .insufficient) }
}

extension Monitor.Station {
    /// Compares a closed hour with the station's own, and lets that stand in where nothing was measured. `place` is that of its
    /// samples, or -1 for an hour of which they are not all here: of that only an hour that is missing as a whole is filled, for
    /// the marks of its other values are not known. Returns whether the hour changed.
    fileprivate mutating func judge(
        _ mean: StationMean, of hour: Hour, at place: Int, _ effects: inout [Effect]
    ) -> Bool {
        guard let last = hours.last, last - hour < StationHours.depth else { return false }
        var row = hours.row(at: hour)
        let mayFill = samples.indices.contains(place) || row.isEmpty
        var filled = PollutantSet()
        var used = PollutantSet()
        var values: [StationDifference.Value] = []
        for value in mean.values {
            let pollutant = value.pollutant
            if samples.indices.contains(place), samples[place].isOfStation(pollutant) {
                // Told once, however often the station sends it.
                if !samples[place].toldOfStation.contains(pollutant) { used.insert(pollutant) }
            } else if let here = row[pollutant].thousandths {
                note(value, here: here, &values)
            } else if mayFill, row[pollutant].isForWantOfSamples {
                row[pollutant] = Concentration(thousandths: value.thousandths)
                filled.insert(pollutant)
            }
        }
        tell(values, of: mean, until: hour, &effects)
        var isChanged = false
        if !filled.isEmpty {
            if samples.indices.contains(place) {
                samples[place].take(mean)
                isChanged = revise(hour, at: place, &effects)
            } else {
                isChanged =
                    revise(
                        hour, to: row, nox: .missing(.absent), backfilled: filled, marksBefore: HourMarks(), &effects
                    )?.isChanged ?? false
            }
            for pollutant in Pollutant.allSix where filled.contains(pollutant) { used.insert(pollutant) }
        }
        if !used.isEmpty {
            for pollutant in Pollutant.allSix where used.contains(pollutant) {
                stationMeans.used += 1
                if samples.indices.contains(place) { samples[place].toldOfStation.insert(pollutant) }
            }
            effects.append(.stationHour(station: key, hour, used))
        }
        return isChanged
    }

    /// Compares a day with the mean of its hours, where there are 20 (GB 3095-2012, table 4).
    fileprivate mutating func compare(day: StationMean, _ effects: inout [Effect]) {
        let first = Hour(containing: day.start)
        guard let last = hours.last, last - first < StationHours.depth else { return }
        var values: [StationDifference.Value] = []
        for value in day.values where value.pollutant != .o3 {
            var mean = Mean()
            for place in 0..<24 as Range<Int32> { mean.add(hours.row(at: first + place)[value.pollutant]) }
            if mean.count >= 20 { note(value, here: mean.rounded(toStep: 1), &values) }
        }
        tell(values, of: day, until: first + 23, &effects)
    }

    private mutating func note(_ value: StationMean.Value, here: Int32, _ values: inout [StationDifference.Value]) {
        stationMeans.compared += 1
        // One of its last digits is how two ways to round may differ.
        guard abs(Int64(value.thousandths) - Int64(here)) > Int64(value.step) else { return }
        stationMeans.differing += 1
        values.append(.init(pollutant: value.pollutant, here: here, there: value.thousandths))
    }

    private func tell(
        _ values: [StationDifference.Value], of mean: StationMean, until last: Hour, _ effects: inout [Effect]
    ) {
        guard !values.isEmpty else { return }
        effects.append(
            .stationDiffers(
                StationDifference(station: key, interval: mean.interval, time: last.endingLabel, values: values)))
    }
}
