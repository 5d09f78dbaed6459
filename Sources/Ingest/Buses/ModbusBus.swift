package import AQICore

/// A Modbus line and its devices, asked one after the other.
///
/// libmodbus blocks, so the actor lives on a queue of its own and no other work waits for a slow device.
package actor ModbusBus: Bus {
    package nonisolated let name: String
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    private let executor: BlockingExecutor
    private let line: ModbusLine
    private let responseTimeoutMs: Int
    private var link: ModbusLink?
    private var devices: [Polled]

    private struct Polled {
        let device: ModbusDevice
        let requests: [RegisterRequest]
        /// nil before the first round.
        var isAnswering: Bool?
    }

    package init(name: String, line: ModbusLine, responseTimeoutMs: Int, devices: [ModbusDevice]) {
        self.name = name
        self.line = line
        self.responseTimeoutMs = responseTimeoutMs
        self.devices = devices.map { Polled(device: $0, requests: RegisterRequest.plan($0), isAnswering: nil) }
        executor = BlockingExecutor(label: "bus \(name)")
    }

    package func poll(at time: Instant) -> BusReport {
        var report = BusReport()
        for place in devices.indices {
            let device = devices[place].device
            do throws(ModbusError) {
                report.readings += try read(devices[place], at: time)
                if devices[place].isAnswering == false {
                    report.events.append(.deviceBack(bus: name, device: device.name))
                }
                devices[place].isAnswering = true
            } catch {
                report.readings += device.channels.map {
                    Reading(channel: $0.channel, time: time, value: .missing(.communication))
                }
                if devices[place].isAnswering != false {
                    report.events.append(.deviceLost(bus: name, device: device.name, error))
                }
                devices[place].isAnswering = false
            }
        }
        return report
    }

    package func close() {
        link = nil
    }

    private func read(_ polled: Polled, at time: Instant) throws(ModbusError) -> [Reading] {
        let link = try openLink()
        var blocks: [(start: Int, table: RegisterTable, registers: [UInt16])] = []
        for request in polled.requests {
            let registers = try link.read(request, unit: polled.device.unit)
            blocks.append((request.range.lowerBound, request.table, registers))
        }
        func block(_ register: Register) -> (start: Int, registers: [UInt16])? {
            blocks.first {
                $0.table == register.table && $0.start <= register.address
                    && register.range.upperBound <= $0.start + $0.registers.count
            }.map { ($0.start, $0.registers) }
        }
        return RegisterDecoder.readings(of: polled.device, at: time, in: block)
    }

    private func openLink() throws(ModbusError) -> ModbusLink {
        if let link, link.isConnected { return link }
        let opened: ModbusLink
        if let link { opened = link } else { opened = try ModbusLink(line, responseTimeoutMs: responseTimeoutMs) }
        link = opened
        try opened.connect()
        return opened
    }
}
