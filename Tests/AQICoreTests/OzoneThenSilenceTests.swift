import AQICore
import Testing

/// A running report under HJ 633-2012 must neither trap nor call the air clean.
///
/// Table 1, note (3): an 8 h mean of ozone above 800 is judged by the largest hour of the period. In `running24` the oldest 8 h
/// mean reaches seven hours further back than the 24 hours, so a monitor that went silent after such a mean leaves a mean
/// above 800 and no hour at all.
@Suite("AQICore: ozone above 800 and then silence") struct OzoneThenSilenceTests {
    @Test func `an 8 h mean above 800 with no hour in the period has no index, and does not stop the program`() async {
        await #expect(processExitsWith: .success) {
            var windows = StationWindows()
            for hour: Int32 in 0..<6 {
                var row = HourRow()
                row[.o3] = Concentration(thousandths: 900_000)
                try windows.advance(to: Hour(start: hour), row)
            }
            // The windows that end with hours 5, 6 and 7 have six hours. Hour 30 is 23 hours after hour 7.
            try windows.advance(to: Hour(start: 30), HourRow())
            let report = windows.report(.running24, edition: .hj633Of2012)
            // "The IAQI of the largest hour of the period": there is none. Never 0.
            precondition(report[.o3EightHours].subIndex == nil && report.index == nil)
        }
    }
}
