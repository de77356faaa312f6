// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/dense_decoder.h"

#include "hw/monitor/decode/plain_release.h"

namespace airnn {

std::optional<FetchStream> DenseDecoder::stream_of(SectionKind kind) const {
  return kind == SectionKind::dense_value ? std::optional(FetchStream::value) : std::nullopt;
}

void DenseDecoder::add_words(const MemoryImage& image, std::uint32_t iteration,
                             BatchWords& words) const {
  for (const Section& section : image.sections()) {
    if (iteration == 1 && section.kind == SectionKind::dense_value) {
      StoredWords stored;
      stored.values = image.content(section).data;
      stored.words = section.bytes / static_cast<unsigned>(image.info().widths.value_bytes);
      words.add(section.layer, stored);
    }
  }
}

std::unique_ptr<StreamRelease> DenseDecoder::release(const MemoryImage& image,
                                                     std::uint32_t iteration) const {
  auto release = std::make_unique<PlainRelease>(image.info().widths);
  for (const Section& section : image.sections()) {
    if (iteration == 1 && section.kind == SectionKind::dense_value) {
      release->add({image.content(section), ByteView(), ByteView(), ByteView()});
    }
  }
  return release;
}

}  // namespace airnn
