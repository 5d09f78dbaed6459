import AQICore
import Store

/// Folds the stored samples of one channel into hours, for a screen: 45 valid minutes make one, as of a pollutant.
struct ChannelHours {
    private let parameter: Parameter
    private let first: Hour
    private var closed: [Concentration]
    /// The hour under way, by its place.
    private var place = -1
    private var accumulator = HourAccumulator()
    private var direction = DirectionMean()

    init(_ parameter: Parameter, first: Hour, count: Int) {
        self.parameter = parameter
        self.first = first
        closed = [Concentration](repeating: .missing(.absent), count: count)
    }

    /// Takes the next minute; those of other hours than the one before close that.
    mutating func add(_ minute: MinuteSamples) {
        guard let column = minute.columns.first(where: { $0.parameter == parameter.rawValue }) else { return }
        let hour = Hour(containing: minute.beginning)
        let place = Int(hour - first)
        guard closed.indices.contains(place) else { return }
        if place != self.place {
            close()
            self.place = place
        }
        let start = minute.beginning - hour.beginning
        for (second, value) in zip(column.seconds, column.values) {
            if accumulator.add(value, atSecond: Int32(start) + Int32(second)) { direction.add(value) }
        }
    }

    /// One value an hour, or why there is none.
    var values: [Concentration] {
        var copy = self
        copy.close()
        return copy.closed
    }

    private mutating func close() {
        if closed.indices.contains(place) { closed[place] = result }
        accumulator = HourAccumulator()
        direction = DirectionMean()
    }

    private var result: Concentration {
        let mean = accumulator.result
        return parameter == .windDirection && !mean.isMissing ? direction.result : mean
    }
}
