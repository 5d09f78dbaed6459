import AQICore
import Ingest
import Store
import Testing

@testable import aqi_monitor

/// Hours and days that a station made itself, beside those that are made here.
@Suite("Monitor: a station's own hours") struct StationMeansTests {
    /// 2026-11-15T00:00+08:00 begins a day.
    private static let midnight = Hour(start: 498_544 / 24 * 24 + 16)

    private struct Seen {
        var hours: [Hour: HourlyRecord] = [:]
        var differences: [StationDifference] = []
        var used: [Hour] = []
    }

    private struct Station {
        var monitor = Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 5)
        var seen = Seen()

        mutating func step(_ readings: [Reading] = [], _ means: [StationMean] = [], at now: Instant) {
            for effect in monitor.step(readings, means: means, at: now) {
                switch effect {
                case .hour(let record): seen.hours[record.hour] = record
                case .stationDiffers(let difference): seen.differences.append(difference)
                case .stationHour(_, let hour, _): seen.used.append(hour)
                default: break
                }
            }
        }

        /// An hour of so many minutes, and the seconds after it in which it is closed.
        mutating func pass(_ hour: Hour, thousandths: Int32?, minutes: Int64 = 60) {
            for minute in 0..<60 as Range<Int64> {
                let time = hour.beginning + minute * 60
                let value = minute < minutes ? thousandths : nil
                step(value.map { [StationMeansTests.reading($0, at: time)] } ?? [], at: time + 1)
            }
            step(at: hour.endingLabel + 6)
        }

        var tally: StationMeansTally { monitor.stations[0].stationMeans }
    }

    private static func reading(_ thousandths: Int32, at time: Instant) -> Reading {
        Reading(
            channel: Channel(station: 0, parameter: .pm25), time: time, value: Concentration(thousandths: thousandths))
    }

    private static func mean(
        _ thousandths: Int32, of hour: Hour, step: Int32 = 100, interval: StationMean.Interval = .hour
    ) -> StationMean {
        StationMean(
            station: 0, interval: interval, start: hour.beginning,
            values: [.init(pollutant: .pm25, thousandths: thousandths, step: step)])
    }

    private let first = Self.midnight + 9

    @Test(arguments: [(35_100, true), (35_101, false), (34_900, true), (34_899, false)])
    func `an hour is compared to one of its last digits, before or after it is closed here`(
        own: Int32, agrees: Bool
    ) {
        for isEarly in [true, false] {
            var station = Station()
            let told = Self.mean(own, of: first)
            if isEarly {
                for minute in 0..<60 as Range<Int64> {
                    let time = first.beginning + minute * 60
                    station.step([Self.reading(35_000, at: time)], at: time + 1)
                }
                station.step([], [told], at: first.endingLabel + 1)
                #expect(station.tally.compared == 0)
                station.step(at: first.endingLabel + 6)
            } else {
                station.pass(first, thousandths: 35_000)
                station.step([], [told], at: first.endingLabel + 60)
            }
            #expect(station.tally == StationMeansTally(compared: 1, differing: agrees ? 0 : 1))
            #expect(station.seen.differences.count == (agrees ? 0 : 1))
            #expect(station.seen.hours[first]?.row[.pm25] == Concentration(thousandths: 35_000))
        }
    }

    @Test(arguments: [0, 44] as [Int64])
    func `an hour for which too little came is the station's, marked, whenever it comes`(minutes: Int64) {
        for isEarly in [true, false] {
            var station = Station()
            // So that the hour is not the first one.
            station.pass(first + -1, thousandths: 20_000)
            let told = Self.mean(35_500, of: first)
            if isEarly { station.step([], [told], at: first.endingLabel + -1) }
            for minute in 0..<minutes {
                let time = first.beginning + minute * 60
                station.step([Self.reading(99_000, at: time)], at: max(time + 1, first.endingLabel + -1))
            }
            station.step(at: first.endingLabel + 6)
            if !isEarly {
                #expect(station.seen.hours[first]?.row[.pm25].isMissing == true)
                station.step([], [told], at: first.endingLabel + 3000)
            }
            #expect(station.seen.hours[first]?.row[.pm25] == Concentration(thousandths: 35_500))
            #expect(station.seen.hours[first]?.mark(.pm25) == "Re")
            #expect(station.seen.used == [first] && station.tally == StationMeansTally(used: 1))
            // The same once more agrees with itself.
            station.step([], [told], at: first.endingLabel + 3100)
            #expect(station.seen.differences.isEmpty)
        }
    }

    @Test func `samples that come after all put the station's hour aside`() {
        var station = Station()
        station.pass(first + -1, thousandths: 20_000)
        station.pass(first, thousandths: nil)
        station.step([], [Self.mean(35_500, of: first)], at: first.endingLabel + 10)
        let samples = (0..<60 as Range<Int64>).map { Self.reading(40_000, at: first.beginning + $0 * 60) }
        station.step(samples, at: first.endingLabel + 20)
        #expect(station.seen.hours[first]?.row[.pm25] == Concentration(thousandths: 40_000))
        #expect(station.seen.hours[first]?.mark(.pm25) == "")
    }

    @Test func `an hour in which the instrument measured no air stays without a value`() {
        var station = Station()
        station.pass(first + -1, thousandths: 20_000)
        for minute in 0..<60 as Range<Int64> {
            let time = first.beginning + minute * 60
            let reading = Reading(
                channel: Channel(station: 0, parameter: .pm25), time: time, value: .missing(.calibration))
            station.step([reading], at: time + 1)
        }
        station.step(at: first.endingLabel + 6)
        station.step([], [Self.mean(35_500, of: first)], at: first.endingLabel + 10)
        #expect(station.seen.hours[first]?.row[.pm25] == .missing(.calibration))
        #expect(station.tally == StationMeansTally())
    }

    @Test func `after an outage of a day each missing hour is the station's, and none that was measured`() {
        var station = Station()
        station.pass(first, thousandths: 20_000)
        for hour in 1...24 as ClosedRange<Int32> { station.pass(first + hour, thousandths: nil) }
        let now = (first + 24).endingLabel + 100
        station.step([], (0...24 as ClosedRange<Int32>).map { Self.mean(30_000 + $0 * 1000, of: first + $0) }, at: now)
        // As many as are held at a time; a station sends them one after the other.
        for hour in 0...24 as ClosedRange<Int32> {
            station.step([], [Self.mean(30_000 + hour * 1000, of: first + hour)], at: now + Int64(hour))
        }
        for hour in 1...24 as ClosedRange<Int32> {
            #expect(
                station.seen.hours[first + hour]?.row[.pm25] == Concentration(thousandths: 30_000 + hour * 1000))
        }
        #expect(station.seen.hours[first]?.row[.pm25] == Concentration(thousandths: 20_000))
        #expect(station.tally.used == 24)
        // Of a week ago nothing is kept.
        station.step([], [Self.mean(1000, of: first + -200)], at: now + 100)
        #expect(station.seen.hours[first + -200] == nil)
    }

    @Test func `a day is compared with the mean of its hours when it is over, and changes nothing`() {
        var station = Station()
        for hour in 0..<24 as Range<Int32> {
            for minute in 0..<60 as Range<Int64> {
                let time = (Self.midnight + hour).beginning + minute * 60
                station.step([Self.reading(10_000 + hour * 1000, at: time)], at: time + 1)
            }
        }
        let end = (Self.midnight + 23).endingLabel
        station.step([], [Self.mean(21_400, of: Self.midnight, interval: .day)], at: end + 1)
        #expect(station.tally == StationMeansTally())
        station.step(at: end + 6)
        // 21.5: one last digit more. The day is told before it is closed here, and again afterwards.
        #expect(station.tally == StationMeansTally(compared: 1, differing: 0))
        station.step(
            [], [Self.mean(21_000, of: Self.midnight, interval: .day)], at: end + 60)
        #expect(station.tally == StationMeansTally(compared: 2, differing: 1))
        #expect(
            station.seen.differences.map(\.values)
                == [[.init(pollutant: .pm25, here: 21_500, there: 21_000)]])
        #expect(station.seen.used.isEmpty)
    }
}
