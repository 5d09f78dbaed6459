import AQICore
import Ingest
import Testing

@testable import aqi_monitor

@Suite("configuration of calibrations") struct CalibrationConfigurationTests {
    /// The plan of a device with NO2 and NOx in ppb, whose section begins with line 17.
    private func plan(_ section: String) throws -> CalibrationPlan {
        let text = """
            [[station]]
            key = "A"
            [[bus]]
            name = "one"
            type = "modbus-tcp"
            host = "127.0.0.1"
              [[bus.device]]
              name = "d"
                [[bus.device.channel]]
                parameter = "no2"
                unit = "ppb"
                address = 0
                [[bus.device.channel]]
                parameter = "nox"
                unit = "ppb"
                address = 2
                [bus.device.calibration]
            \(section)
            """
        let configuration = try Configuration(toml: text, path: "x")
        return try #require(configuration.buses.first?.devices.first?.calibration)
    }

    private func problem(_ section: String) -> ConfigurationError? {
        do {
            Issue.record("nothing was thrown: \(try plan(section))")
        } catch let error as ConfigurationError {
            return error
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    @Test func `every key is read, a number for all channels or one for each`() throws {
        let plan = try plan(
            """
            check = false
            recovery_minutes = 12
            longest_minutes = 90
            schedule = [{ at = "00:45", zero_minutes = 10, span_minutes = 15, every_days = 7, first_day = "2026-11-02" },
                        { at = "12:00", precision_minutes = 5 }]
            span_reference = { no2 = 80, nox = 85.5 }
            zero_limit = 5
            """)
        #expect(!plan.isCheck && plan.recoveryMinutes == 12 && plan.longestMinutes == 90)
        let monday = NaturalDay(try #require(CivilDate(year: 2026, month: 11, day: 2)))
        #expect(
            plan.schedule.entries == [
                .init(
                    minuteOfDay: 45, everyDays: 7, firstDay: monday,
                    phases: [.init(.zero, minutes: 10), .init(.span, minutes: 15)]),
                .init(minuteOfDay: 720, phases: [.init(.precision, minutes: 5)]),
            ])
        func ppb(_ thousandths: Int32) -> CalibrationPlan.Amount {
            .init(thousandths: thousandths, isMixingRatio: true)
        }
        #expect(
            plan.targets == [
                .init(.zero, .no2, reference: nil, limit: ppb(5000)),
                .init(.zero, .nox, reference: nil, limit: ppb(5000)),
                .init(.span, .no2, reference: ppb(80_000), limit: nil),
                .init(.span, .nox, reference: ppb(85_500), limit: nil),
            ])
        #expect(try self.plan("") == CalibrationPlan())
    }

    @Test func `what is wrong is told with its line`() {
        for (section, line, kind) in [
            ("recovery = 5", 18, .unknownKey("recovery", suggestion: nil)),
            ("check = 1", 18, .wrongType(key: "check", wanted: "true")),
            (
                "recovery_minutes = 500", 18,
                .outOfRange(key: "recovery_minutes", value: 500, lowest: 0, highest: 120)
            ),
            ("\nspan_reference = -1", 19, .wrongType(key: "span_reference", wanted: "80 (not below 0)")),
            ("span_reference = 0.0001", 18, .wrongType(key: "span_reference", wanted: "80 (not below 0)")),
            ("span_reference = { humidity = 1 }", 18, .unknownKey("humidity", suggestion: nil)),
            ("[[bus.device.calibration.schedule]]\nzero_minutes = 1", 18, .missingKey("at")),
            (
                "[[bus.device.calibration.schedule]]\nat = \"24:00\"\nzero_minutes = 1", 19,
                .wrongType(key: "at", wanted: "\"00:45\"")
            ),
            ("[[bus.device.calibration.schedule]]\nat = \"00:45\"", 18, .missingKey("zero_minutes")),
            (
                "[[bus.device.calibration.schedule]]\nat = \"00:45\"\nzero_minutes = 1\nfirst_day = \"2026-02-30\"", 21,
                .wrongType(key: "first_day", wanted: "\"2026-11-02\"")
            ),
        ] as [(String, Int, ConfigurationError.Kind)] {
            let error = problem(section)
            #expect(error?.kind == kind, "\(section)")
            #expect(error?.line == line, "\(section)")
        }
    }
}
