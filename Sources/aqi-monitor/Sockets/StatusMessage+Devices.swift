import AQICore
import Ingest
import Terminal
import Texts

// What a message says of devices and of stations that send.

extension StatusMessage.Device {
    init(_ device: Snapshot.Device) {
        self.init(
            bus: device.bus, name: device.name, asked: device.isAsked, silent: device.isSilent ? true : nil,
            trouble: device.trouble,
            phase: device.phase?.flag.text, phaseUntil: device.phase?.until?.iso8601, ok: device.answered,
            timeout: device.timeouts,
            checksum: device.checksums, malformed: device.malformed,
            exceptions: Dictionary(uniqueKeysWithValues: device.exceptions.map { ("\($0)", $1) }), late: device.late,
            resync: device.resyncs, lost: device.losses, p50: device.median, p99: device.slowest)
    }

    var snapshot: Snapshot.Device {
        var device = Snapshot.Device(bus: bus, name: name)
        device.isAsked = asked
        device.isSilent = silent ?? false
        device.trouble = trouble
        device.phase = phase.map { .init(flag: DataFlag(text: $0), until: phaseUntil.flatMap(TimeText.parse)) }
        device.answered = ok
        device.timeouts = timeout
        device.checksums = checksum
        device.malformed = malformed
        for (code, count) in exceptions { if let code = Int(code) { device.exceptions[code] = count } }
        device.late = late
        device.resyncs = resync
        device.losses = lost
        device.median = p50
        device.slowest = p99
        return device
    }
}

extension StatusMessage.Sender {
    init(_ sender: Snapshot.Sender) {
        self.init(
            receiver: sender.receiver, name: sender.name, connected: sender.isConnected, packets: sender.packets,
            refused: sender.refused, heard: sender.heard?.iso8601, clockOffset: sender.clockOffset, sins: sender.sins)
    }

    var snapshot: Snapshot.Sender {
        var sender = Snapshot.Sender(receiver: receiver, name: name)
        sender.isConnected = connected
        sender.packets = packets
        sender.refused = refused
        sender.heard = heard.flatMap(TimeText.parse)
        sender.clockOffset = clockOffset
        sender.sins = sins
        return sender
    }
}
