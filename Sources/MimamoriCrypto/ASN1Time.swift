// Moments as X.509 writes them (RFC 5280 §4.1.2.5: UTCTime or GeneralizedTime, whole seconds, in UTC) and ours.

import COpenSSL
import MimamoriCore

extension Timestamp {
    /// nil when the ASN.1 time is malformed.
    init?(_ time: UnsafePointer<ASN1_TIME>?) {
        guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        self.init(milliseconds: (Int64(days) * 86_400 + Int64(seconds)) * 1000)
    }

    /// Whole seconds since 1970, rounded down, as OpenSSL's checks take the time.
    var wholeSeconds: Int { Int((Double(milliseconds) / 1000).rounded(.down)) }
}
