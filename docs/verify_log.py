#!/usr/bin/env python3
"""Checks evidence from a Mimamori Relay's access log without any software of the relay.
見守りリレーのアクセス記録の証拠を、リレーのソフトウェアを一切使わずに確かめます。

    verify_log.py --key KEY checkpoint  HEAD           a signed head of the log      署名済みの先頭値
    verify_log.py --key KEY inclusion   PROOF          an entry is in the log        記録が含まれていること
    verify_log.py --key KEY consistency OLDHEAD PROOF  the older log is its start    以前の記録が変わっていないこと
    verify_log.py --key KEY export      FILE           what `mimamori log export` wrote     書き出した記録

KEY is the log's verifier key, `name+id+key`, from somebody you trust; each --witness KEY names a witness that must have
cosigned. Ends with 0 when everything holds, with 1 when not, with 2 when a file is not there. Needs Python 3.8 and the
openssl command (3.0), nothing else.

Behind it: the log is a Merkle tree (RFC 9162 section 2.1) over its entries. Its root stands for every entry: change, drop or
insert one, and the root is another. The relay signs roots ("heads"); a proof is the few hashes that lead from an entry,
or from an older root, to a signed one. Formats: c2sp.org/signed-note, tlog-proof, tlog-witness, tlog-cosignature.
"""
import argparse, base64, hashlib, json, subprocess, sys, tempfile


class NotGenuine(Exception):
    pass


def need(condition, otherwise):
    if not condition:
        raise NotGenuine(otherwise)


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    return base64.b64decode(text, validate=True)


# --- The tree: a leaf is hashed under 0x00, an inner node under 0x01; the left half is the largest power of two.

def leaf_hash(entry):
    return sha256(b"\0" + entry.encode())


def node(left, right):
    return sha256(b"\1" + left + right)


def left_half(size):
    return 1 << (size - 1).bit_length() - 1


def root_over(leaf, index, size, path):
    """The root to which an inclusion proof leads (2.1.3); its last hash is the sibling just below the root."""
    need(len(path) == 0 if size == 1 else path, "the proof has another length")
    if size == 1:
        return leaf
    left = left_half(size)
    if index < left:
        return node(root_over(leaf, index, left, path[:-1]), path[-1])
    return node(path[-1], root_over(leaf, index - left, size - left, path[:-1]))


def roots_over(old_size, size, path, old_root, leftmost=True):
    """The old and the new root to which a consistency proof leads (2.1.4). As long as nothing lies to its left, the old
    tree is itself a subtree, and the proof does not repeat its root."""
    if old_size == size:
        need(len(path) == (0 if leftmost else 1), "the proof has another length")
        return (old_root, old_root) if leftmost else (path[0], path[0])
    need(path, "the proof has another length")
    left = left_half(size)
    if old_size <= left:
        old, new = roots_over(old_size, left, path[:-1], old_root, leftmost)
        return old, node(new, path[-1])
    old, new = roots_over(old_size - left, size - left, path[:-1], old_root, False)
    return node(path[-1], old), node(path[-1], new)


def root_of(leaves):
    """The root of all leaves, read once: keeps (size, hash) of each complete subtree, the largest first."""
    peaks = []
    for leaf in leaves:
        size, top = 1, leaf
        while peaks and peaks[-1][0] == size:
            size, top = 2 * size, node(peaks.pop()[1], top)
        peaks.append((size, top))
    root = peaks.pop()[1] if peaks else sha256(b"")
    for _, left in reversed(peaks):
        root = node(left, root)
    return root


# --- Signed notes: text, an empty line, and a line for each signature: dash, name, base64(id of the key, signature).

def is_signed(text, lines, key, kind):
    """Whether the key signed: kind 1 the log itself, kind 4 a witness, which puts the time before its signature."""
    name, identifier, typed = key.split("+", 2)
    typed = unbase64(typed)
    need(len(typed) == 33 and typed[0] == kind, "this is no key of the kind that is needed: " + key)
    need(sha256(name.encode() + b"\n" + typed)[:4].hex() == identifier, "the key's id is not its own: " + key)
    for line in lines:
        signer, _, blob = line[2:].partition(" ")
        blob = unbase64(blob)
        if signer == name and blob[:4].hex() == identifier:
            signature, message = blob[4:], text
            if kind == 4:
                signature, message = blob[12:], "cosignature/v1\ntime %d\n%s" % (int.from_bytes(blob[4:12], "big"), text)
            return ed25519_holds(typed[1:], message.encode(), signature)
    return False


def ed25519_holds(public, message, signature):
    """Asks openssl, which wants files. The prefix makes the 32 bytes a public key as RFC 8410 writes it."""
    with tempfile.TemporaryDirectory() as folder:
        contents = {"key": bytes.fromhex("302a300506032b6570032100") + public, "message": message, "signature": signature}
        for name, content in contents.items():
            with open(folder + "/" + name, "wb") as file:
                file.write(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature"
        return subprocess.run(command.split(), cwd=folder, capture_output=True).returncode == 0


def open_head(note, key, witnesses=()):
    """Size and root of a head that the log's key signed and every witness cosigned."""
    text, _, signatures = note.rpartition("\n\n")
    text, lines = text + "\n", signatures.split("\n")[:-1]
    need(lines and all(line.startswith("\u2014 ") for line in lines), "this is no signed note")
    need(is_signed(text, lines, key, 1), "the head is not signed by the log's key")
    for witness in witnesses:
        need(is_signed(text, lines, witness, 4), "the head is not cosigned by " + witness)
    origin, size, root, end = text.split("\n")
    need(origin and end == "", "the note is no head of a log")
    return int(size), unbase64(root)


# --- What a file says, and whether it holds.

def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def checkpoint(options, head):
    size, root = open_head(read(head), options.key, options.witness)
    return "a head of %d entries, root %s" % (size, root.hex())


def inclusion(options, proof):
    lines, _, head = read(proof).partition("\n\n")
    first, *lines = lines.split("\n")
    need(first == "c2sp.org/tlog-proof@v1", "this is no inclusion proof")
    extra = json.loads(unbase64(lines.pop(0)[6:])) if lines[0].startswith("extra ") else {}
    index, (size, root) = int(lines[0].replace("index ", "")), open_head(head, options.key, options.witness)
    entry = extra.get("entry")
    leaf = unbase64(extra["leaf_hash"]) if entry is None else leaf_hash(entry)
    need(0 <= index < size, "the entry lies outside the log")
    need(root_over(leaf, index, size, [unbase64(line) for line in lines[1:]]) == root, "the proof does not hold")
    return "entry %d is in the log of %d entries: %s" % (index, size, entry or "only its hash is here, " + leaf.hex())


def consistency(options, old_head, proof):
    old_size, old_root = open_head(read(old_head), options.key)
    lines, _, head = read(proof).partition("\n\n")
    first, *lines = lines.split("\n")
    size, root = open_head(head, options.key, options.witness)
    need(first == "old %d" % old_size and 0 < old_size <= size, "the proof does not begin at the older head")
    roots = roots_over(old_size, size, [unbase64(line) for line in lines], old_root)
    need(roots == (old_root, root), "the proof does not hold: older entries were changed")
    return "the log of %d entries is the start of the log of %d" % (old_size, size)


def export(options, path):
    *records, last = [json.loads(line) for line in read(path).split("\n") if line]
    need("checkpoint" in last, "the last line holds no head: the file was cut")
    size, root = open_head(last["checkpoint"], options.key, options.witness)
    need(records, "the file has no entries")
    leaves = [unbase64(record.get("hash") or "") for record in records]
    for record, leaf in zip(records, leaves):
        number, entry = record["sequence"], record.get("entry")
        need(len(leaf) == 32, "entry %d is missing" % number)
        need(entry is None or leaf_hash(entry) == leaf, "entry %d was changed" % number)
        if "proof" in record:
            path = [unbase64(line) for line in record["proof"]]
            need(0 <= number < size and root_over(leaf, number, size, path) == root, "entry %d is not proved" % number)
    if not all("proof" in record for record in records):
        need([record["sequence"] for record in records] == list(range(size)), "entries are missing or out of order")
        need(root_of(leaves) == root, "the entries do not give the root that was signed")
    hashes_only = sum(record.get("entry") is None for record in records)
    return "%d entries of %d are as signed, %d of them as hashes only" % (len(records), size, hashes_only)


def main():
    checks = {check.__name__: check for check in (checkpoint, inclusion, consistency, export)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="the log's verifier key")
    parser.add_argument("--witness", action="append", default=[], help="the verifier key of a witness")
    parser.add_argument("what", choices=checks)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    if len(options.files) != (2 if options.what == "consistency" else 1):
        parser.error("%s takes %s" % (options.what, "two files" if options.what == "consistency" else "one file"))
    try:
        print("OK: " + checks[options.what](options, *options.files))
    except OSError as error:  # a file, or the openssl command, is not there
        parser.error(str(error))
    except (NotGenuine, LookupError, TypeError, ValueError, AttributeError) as error:  # the rest: not in its format
        sys.exit("NOT GENUINE: %s" % error)


if __name__ == "__main__":
    main()
