// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/reader_fuzz.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "sw/format/errors.h"
#include "testbenches/fuzz/byte_mutator.h"
#include "testbenches/fuzz/json_mutator.h"
#include "testbenches/fuzz/message_mutator.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn::test {

namespace {

constexpr std::uint64_t kPerProcess = 2000;

std::string altered(const FuzzedReader& reader, ByteMutator& random) {
  const std::string& seed = reader.seeds[random.below(reader.seeds.size())];
  if (random.below(20) == 0) {
    return seed;
  }
  if (reader.form == FuzzedReader::Form::model && random.below(5) != 0) {
    return MessageMutator(random.below(~std::uint64_t{0})).mutate(seed);
  }
  if (reader.form == FuzzedReader::Form::cbor && random.below(3) != 0) {
    return JsonMutator(random.below(~std::uint64_t{0})).mutate_cbor(seed);
  }
  if (reader.form == FuzzedReader::Form::json && random.below(2) != 0) {
    return JsonMutator(random.below(~std::uint64_t{0})).mutate_text(seed);
  }
  const bool is_text =
      reader.form == FuzzedReader::Form::text || reader.form == FuzzedReader::Form::json;
  std::string bytes =
      is_text ? random.mutate_text(seed, reader.seeds) : random.mutate_bytes(seed, reader.seeds);
  if (reader.may_be_packed && random.below(3) == 0) {
    bytes = gzipped(bytes);
    if (random.below(3) == 0) {
      bytes = random.mutate_bytes(bytes, {bytes, gzipped(seed)});
    }
  }
  return bytes;
}

}  // namespace

CaseSummary fuzz_readers(std::uint64_t seed, std::uint64_t count) {
  const ScratchFolder folder(quick_folder());
  const std::vector<FuzzedReader> readers = fuzzed_readers(folder.path());
  return run_isolated(0, count, kPerProcess, [&](std::uint64_t number) -> std::string {
    const FuzzedReader& reader = readers[number % readers.size()];
    ByteMutator random(seed * 0x9E3779B97F4A7C15U + number);
    const std::string path = folder.path() + "/" + reader.file;
    std::ofstream(path, std::ios::binary) << altered(reader, random);
    try {
      reader.read(path);
    } catch (const UserError& error) {
      if (*error.what() == '\0') {
        throw std::runtime_error(reader.name + ": refused without a word");
      }
      return reader.name + " refused";
    } catch (const std::exception& error) {
      throw std::runtime_error(reader.name + ": " + error.what());
    }
    return reader.name + " read";
  });
}

}  // namespace airnn::test
