/// What a channel measures. The first six are the pollutants of the index, with the same numbers as ``Pollutant``.
public enum Parameter: UInt8, Sendable {
    /// Particles up to 2.5 µm, µg/m³.
    case pm25 = 0
    /// Particles up to 10 µm, µg/m³.
    case pm10 = 1
    /// Sulphur dioxide, µg/m³.
    case so2 = 2
    /// Nitrogen dioxide, µg/m³.
    case no2 = 3
    /// Carbon monoxide, mg/m³.
    case co = 4
    /// Ozone, µg/m³.
    case o3 = 5
    /// Nitrogen monoxide, µg/m³.
    case no = 6
    /// Nitrogen oxides as NO2, µg/m³.
    case nox = 7
    /// Air temperature, °C.
    case temperature = 8
    /// Relative humidity, %.
    case humidity = 9
    /// Air pressure, hPa.
    case pressure = 10
    /// Wind speed, m/s.
    case windSpeed = 11
    /// Wind direction, degrees.
    case windDirection = 12

    /// Whether it is an amount of something in the air; false for the weather.
    public var isConcentration: Bool { rawValue <= Parameter.nox.rawValue }

    /// The pollutant of the index, or nil for anything else.
    public var pollutant: Pollutant? { Pollutant(rawValue: rawValue) }
}

/// One parameter of one station: what every reading, window and row is keyed by.
public struct Channel: Hashable, Sendable {
    /// The station's place in the configuration.
    public var station: Int32
    /// What is measured there.
    public var parameter: Parameter

    /// The channel of a parameter at a station.
    public init(station: Int32, parameter: Parameter) {
        self.station = station
        self.parameter = parameter
    }
}

/// One value of one channel at one moment: what Ingest hands to the averages.
public struct Reading: Equatable, Sendable {
    /// Whose value it is.
    public var channel: Channel
    /// When it was measured.
    public var time: Instant
    /// The value in thousandths of the parameter's unit, or why there is none.
    public var value: Concentration
    /// Whether the instrument recorded it while nobody asked: the mean of the minute that begins at ``time``.
    public var isBackfilled: Bool

    /// A reading from its parts.
    public init(channel: Channel, time: Instant, value: Concentration, isBackfilled: Bool = false) {
        self.channel = channel
        self.time = time
        self.value = value
        self.isBackfilled = isBackfilled
    }
}
