import Ingest
import Testing

@testable import aqi_monitor

@Suite("forecasts as JSON lines") struct ForecastJSONTests {
    private func read(_ text: String) throws -> ForecastTable { try ForecastJSON.read(Array(text.utf8)) }

    @Test func `an object a line is the same as a row a line`() throws {
        let days = try read(
            """
            {"issued":"2026-01-01T08:00","date":"2026-01-02","aqi":210}
            {"date":"2026-01-03","aqi":null,"issued":"2026-01-01T08:00"}
            """)
        #expect(
            try days == read("issued,date,aqi\n2026-01-01T08:00,2026-01-02,210\n2026-01-01T08:00,2026-01-03,\n"))
        let hours = try read(#"{"issued":"2026-01-01T08:00","time":"2026-01-01T09:00","pm25":61.5,"pm10":"80"}"#)
        #expect(try hours == read("issued,time,pm25,pm10\n2026-01-01T08:00,2026-01-01T09:00,61.5,80\n"))
    }

    @Test(arguments: [
        (#"{"issued":"2026-01-01T08:00","date":"2026-01-02","aqi":501}"#, 2),
        (#"{"issued":"never","date":"2026-01-02","aqi":50}"#, 2), (#"{"issued":"#, 2),
        ("{\"issued\":\"2026-01-01T08:00\",\"date\":\"2026-01-02\",\"aqi\":\"1\\n2\"}", 2),
    ])
    func `an impossible value names its line`(line: String, number: Int) {
        let good = #"{"issued":"2026-01-01T08:00","date":"2026-01-02","aqi":50}"#
        #expect { try read(good + "\n" + line) } throws: { ($0 as? TableError)?.line == number }
    }
}
