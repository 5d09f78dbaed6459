import AQICore

extension Dialect {
    /// HJ/T 212-2005, in force 2006-02-01 to 2017-04-30. Uploads go without QN and Flag. It has no codes for ambient air; the names
    /// are those that stations use with it (the dust networks of Shanghai, Tianjin and Hebei).
    package static let hjt212Of2005 = Dialect(
        name: "hjt212-2005", version: 0, longestData: 1024, requiresQN: false, requiresFlag: false, answersInCP: true,
        marksResent: false, newPasswordKey: "PW",
        factors: [
            "PM25": .pm25, "PM10": .pm10, "SO2": .so2, "NO2": .no2, "CO": .co, "O3": .o3, "NO": .no, "NOX": .nox,
            "TEM": .temperature, "RH": .humidity, "PA": .pressure, "WS": .windSpeed, "WD": .windDirection,
        ])
}
