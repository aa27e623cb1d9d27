// The directory, the parsed certificates and the trust roots as the process holds them: caches only, all rebuilt from the
// database and the certificate files. They exist because parsing a certificate costs 200 µs and every request needs one.
// A verdict "chain sound" is kept per trust generation; dates and enrolment are judged on every call.

import MimamoriCore
import MimamoriCrypto
import Synchronization

final class DirectoryCache: Sendable {
    private struct Soundness: Hashable {
        let certificate: CertificateFingerprint
        let purpose: TrustStore.Purpose
    }

    private struct State {
        var directory = Directory()
        var version: Int64 = -1
        var trust: TrustStore
        /// Raised with every change of `trust`, so that a verdict under the old one is not kept under the new.
        var trustGeneration = 0
        /// Enrolled certificates, withdrawn ones too: a signature made with one is still read years later.
        var parsed: [CertificateFingerprint: Certificate] = [:]
        var bySerial: [IssuerAndSerial: Certificate] = [:]
        /// Enrolled certificates whose chain, usage and revocation were found sound under `trust`.
        var sound: Set<Soundness> = []
    }

    /// Guards every field of State; nothing slow runs under it but the parsing of newly enrolled certificates.
    private let state: Mutex<State>

    init(trust: TrustStore) {
        state = Mutex(State(trust: trust))
    }

    var directory: Directory { state.withLock { $0.directory } }
    var version: Int64 { state.withLock { $0.version } }
    var snapshot: (version: Int64, directory: Directory) { state.withLock { ($0.version, $0.directory) } }
    var trust: TrustStore { state.withLock { $0.trust } }

    /// Takes a newer directory. An older one, overtaken on its way here, is dropped.
    func replace(
        _ directory: Directory, version: Int64, withdrawn: [EnrolledCertificate]
    ) throws(CryptoFailure) {
        let known = state.withLock { $0.parsed }
        var parsed: [CertificateFingerprint: Certificate] = [:]
        for enrolled in Array(directory.certificates.values) + withdrawn {
            if let certificate = known[enrolled.fingerprint] {
                parsed[enrolled.fingerprint] = certificate
            } else {
                parsed[enrolled.fingerprint] = try Certificate(der: enrolled.der)
            }
        }
        let bySerial = Dictionary(
            parsed.values.map { ($0.issuerAndSerial, $0) }, uniquingKeysWith: { first, _ in first })
        state.withLock { state in
            guard version > state.version else { return }
            state.directory = directory
            state.version = version
            state.parsed = parsed
            state.bySerial = bySerial
        }
    }

    func replace(trust: TrustStore) {
        state.withLock { state in
            state.trust = trust
            state.trustGeneration += 1
            state.sound = []
        }
    }

    /// The parsed certificate; an enrolled one from the cache, a stranger's parsed and not kept.
    func certificate(der: [UInt8]) throws(CryptoFailure) -> Certificate {
        guard let fingerprint = CertificateFingerprint(Digest.sha256(der).hexadecimal) else {
            preconditionFailure("a digest has the form of a fingerprint")
        }
        if let known = state.withLock({ $0.parsed[fingerprint] }) { return known }
        return try Certificate(der: der)
    }

    func certificate(_ fingerprint: CertificateFingerprint) -> Certificate? {
        state.withLock { $0.parsed[fingerprint] }
    }

    func certificate(_ name: IssuerAndSerial) -> Certificate? {
        state.withLock { $0.bySerial[name] }
    }

    /// Why `certificate` cannot be used for `purpose` now, if it cannot.
    func refusal(of certificate: Certificate, for purpose: TrustStore.Purpose, at now: Timestamp) -> Refusal? {
        let key = Soundness(certificate: certificate.fingerprint, purpose: purpose)
        let (trust, generation, isSound) = state.withLock { ($0.trust, $0.trustGeneration, $0.sound.contains(key)) }
        if isSound, certificate.notBefore <= now, now <= certificate.notAfter { return nil }
        if let refusal = trust.refusal(of: certificate, for: purpose, at: now) { return refusal }
        state.withLock { state in
            // Strangers are not kept: anybody could fill the memory with certificates of a trusted CA.
            guard state.trustGeneration == generation, state.parsed[certificate.fingerprint] != nil else { return }
            state.sound.insert(key)
        }
        return nil
    }
}
