import Foundation
import Ingest
import Testing

@testable import aqi_monitor

@Suite("bench: serial lines") struct SerialStagesTests {
    private let surroundings = Surroundings(folder: FileManager.default.temporaryDirectory.path, seconds: 1)

    @Test(arguments: SerialProtocol.allCases)
    func `every decoder finds every frame, and its values where it has them`(_ kind: SerialProtocol) async throws {
        let stage = try #require(Stage.named("serial.decode.\(kind.name)"))
        let trial = try await stage.prepare(20_000, surroundings)
        try await trial.work()
        let outcome = try await trial.outcome()
        // No frame of them is longer than 64 bytes.
        #expect(try #require(outcome.detail("frames")) > 20_000 / 70)
        #expect((outcome.checksum ?? 0) > 0 || kind == .line)
    }

    @Test func `no byte of saturated ports is lost`() async throws {
        let trial = try await SerialStages.ports.prepare(32, surroundings)
        try await trial.work()
        let outcome = try await trial.outcome()
        #expect(outcome.detail("ports") == 32)
        #expect(try #require(outcome.detail("sent")) > 32 * 11_000)
        #expect(outcome.detail("decoded") == outcome.detail("sent") && outcome.detail("noise") == 0)
    }
}
