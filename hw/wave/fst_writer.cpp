// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/fst_writer.h"

#include <fstapi.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "hw/wave/eight_bits.h"
#include "hw/wave/scope_walk.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Whether the file's blocks follow each other to its end: a byte for the kind, eight for the
/// length without that byte. fstapi does not look whether the system takes what it writes.
bool is_whole(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (file == nullptr || std::fseek(file.get(), 0, SEEK_END) != 0) {
    return false;
  }
  const long size = std::ftell(file.get());
  long place = 0;
  while (place < size) {
    std::array<unsigned char, 9> head{};
    if (std::fseek(file.get(), place, SEEK_SET) != 0 ||
        std::fread(head.data(), 1, head.size(), file.get()) != head.size()) {
      return false;
    }
    std::uint64_t length = 0;
    for (std::size_t i = 1; i < head.size(); ++i) {
      length = length << 8 | head[i];
    }
    constexpr std::uint64_t kLeast = 8;
    if (length < kLeast || length > static_cast<std::uint64_t>(size - place)) {
      return false;
    }
    place += 1 + static_cast<long>(length);
  }
  return size > 0 && place == size;
}

struct VariableType {
  fstVarType type;
  std::uint32_t size;  ///< bits, of a real bytes
};

VariableType type_of(const WaveType& type) {
  switch (type.kind) {
    case WaveKind::sum:
    case WaveKind::real:
      return {FST_VT_VCD_REAL, sizeof(double)};
    case WaveKind::text:
      return {FST_VT_GEN_STRING, 0};
    case WaveKind::state:
      return {FST_VT_VCD_REG, type.width};
    case WaveKind::bit:
    case WaveKind::number:
    case WaveKind::signed_number:
    case WaveKind::address:
      break;
  }
  return {FST_VT_VCD_WIRE, type.width};
}

bool has_bits(const WaveType& type) {
  return type.kind != WaveKind::sum && type.kind != WaveKind::real && type.kind != WaveKind::text;
}

}  // namespace

void FstWriter::Close::operator()(void* context) const {
  fstWriterClose(context);
}

FstWriter::FstWriter(const WaveTree& tree, const std::string& path)
    : WaveWriter(tree),
      path_(path),
      context_(fstWriterCreate(path.c_str(), 1)),
      signals_(tree.next()) {
  if (context_ == nullptr) {
    throw UserError(path_ + ": cannot create it: " + std::strerror(errno));
  }
  fstWriterSetPackType(context_.get(), FST_WR_PT_LZ4);
  fstWriterSetVersion(context_.get(), "airnn");
  // The same run writes the same bytes.
  fstWriterSetDate(context_.get(), "");
  constexpr int kPicosecond = -12;
  fstWriterSetTimescale(context_.get(), kPicosecond);
  declare();
}

FstWriter::~FstWriter() = default;

void FstWriter::declare() {
  void* const context = context_.get();
  ScopeWalk scopes([context] { fstWriterSetUpscope(context); },
                   [context](const std::string& part) {
                     fstWriterSetScope(context, FST_ST_VCD_MODULE, part.c_str(), nullptr);
                   });
  for (const WavePath& path : tree().traced_paths()) {
    scopes.enter(path.scope);
    const WaveType& type = tree().type(path.id);
    const VariableType variable = type_of(type);
    Signal& signal = signals_[path.id];
    signal.width = has_bits(type) ? type.width : 0;
    const std::string range =
        signal.width > 1 ? " [" + std::to_string(type.width - 1) + ":0]" : std::string();
    const fstHandle handle =
        fstWriterCreateVar(context, variable.type, FST_VD_IMPLICIT, variable.size,
                           (path.name + range).c_str(), signal.handle);
    if (signal.handle == 0) {
      signal.handle = handle;
    }
  }
  scopes.enter("");
}

void FstWriter::begin_step() {
  if (unpacked_ > kPackedTogether) {
    fstWriterFlushContext(context_.get());
    unpacked_ = 0;
  }
  fstWriterEmitTimeChange(context_.get(), time());
}

void FstWriter::put_value(WaveId id) {
  const Signal& signal = signals_[id];
  unpacked_ += kOverhead + signal.width;
  if (signal.width > 0) {
    const std::uint64_t bits = value(id) << (64 - signal.width);
    std::array<EightBits, 8> digits;
    for (unsigned byte = 0; 8 * byte < signal.width; ++byte) {
      digits[byte] = kEightBits[bits >> (56 - 8 * byte) & 0xFF];
    }
    fstWriterEmitValueChange(context_.get(), signal.handle, digits.data());
    return;
  }
  switch (tree().type(id).kind) {
    case WaveKind::text:
      fstWriterEmitVariableLengthValueChange(context_.get(), signal.handle, text(id).data(),
                                             static_cast<std::uint32_t>(text(id).size()));
      break;
    case WaveKind::sum: {
      const auto shown = static_cast<double>(static_cast<std::int64_t>(value(id)));
      fstWriterEmitValueChange(context_.get(), signal.handle, &shown);
      break;
    }
    default: {
      const double shown = real(id);
      fstWriterEmitValueChange(context_.get(), signal.handle, &shown);
    }
  }
}

void FstWriter::end_file() {
  if (context_ == nullptr) {
    return;
  }
  context_.reset();
  if (!is_whole(path_)) {
    throw UserError(path_ + ": the waveform is not complete; the disk may be full");
  }
}

}  // namespace airnn
