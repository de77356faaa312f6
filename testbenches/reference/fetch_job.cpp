// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/fetch_job.h"

namespace airnn::test {

namespace {

FetchArrays plain_array(std::uint64_t address, std::uint64_t bytes, std::uint64_t word_bytes,
                        std::uint32_t layer) {
  FetchArrays arrays;
  arrays.parts[0] = {address, bytes};
  arrays.word_bytes = word_bytes;
  arrays.words = (bytes + word_bytes - 1) / word_bytes;
  arrays.layer_of_word.assign(arrays.words, layer);
  return arrays;
}

FetchJob plain_job(const MemoryImage& image, SectionKind kind, std::uint64_t word_bytes,
                   std::uint64_t lanes) {
  FetchJob job;
  job.lanes = lanes;
  for (const Section& section : image.sections()) {
    if (section.kind == kind) {
      job.arrays.push_back(plain_array(section.offset, section.bytes, word_bytes, section.layer));
    }
  }
  return job;
}

/// Lengths of lines: the last byte of each.
void put_lines(const MemoryImage& image, const Section& section, FetchArrays& arrays) {
  arrays.word_bytes = image.info().widths.value_bytes == 1 ? 3 : 5;
  const ByteView bytes = image.content(section);
  for (std::uint64_t at = arrays.word_bytes - 1; at < bytes.size; at += arrays.word_bytes) {
    arrays.lines.push_back(std::uint64_t{bytes.data[at]} + 1);
  }
}

/// Matrices of which some layers have lines.
FetchJob line_job(const MemoryImage& image, std::uint64_t lanes) {
  FetchJob job;
  job.lanes = lanes;
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::dense_value) {
      job.arrays.push_back(plain_array(section.offset, section.bytes,
                                       static_cast<std::uint64_t>(image.info().widths.value_bytes),
                                       section.layer));
    } else if (section.kind == SectionKind::line_dense) {
      FetchArrays arrays;
      arrays.parts[0] = {section.offset, section.bytes};
      put_lines(image, section, arrays);
      arrays.has_columns = false;
      const Layer& layer = image.network().layers[section.layer];
      arrays.words = static_cast<std::uint64_t>(layer.kernels * layer.columns);
      arrays.layer_of_word.assign(arrays.words, section.layer);
      job.arrays.push_back(arrays);
    }
  }
  return job;
}

FetchArrays cluster_arrays(const MemoryImage& image, std::uint16_t iteration,
                           std::uint16_t cluster) {
  constexpr std::array<SectionKind, 4> kinds = {SectionKind::value, SectionKind::column,
                                                SectionKind::row, SectionKind::layer};
  FetchArrays arrays;
  for (std::size_t s = 0; s < kinds.size(); ++s) {
    const Section* section = image.find(kinds[s], kAllLayers, iteration, cluster);
    if (section != nullptr) {
      arrays.parts[s] = {section->offset, section->bytes};
    }
  }
  const CrsCluster crs = image.cluster(iteration, cluster);
  arrays.words = crs.value.size();
  arrays.word_bytes = static_cast<std::uint64_t>(image.info().widths.value_bytes);
  if (const Section* lines = image.find(SectionKind::line_value, kAllLayers, iteration, cluster)) {
    arrays.parts[0] = {lines->offset, lines->bytes};
    put_lines(image, *lines, arrays);
  }
  arrays.index_bytes = static_cast<std::uint64_t>(image.info().widths.index_bytes);
  arrays.entry_bytes = arrays.index_bytes + 4;
  for (const RowEntry& entry : crs.row) {
    arrays.row_positions.push_back(entry.position);
  }
  for (const LayerEntry& entry : crs.layer) {
    arrays.layer_positions.push_back(entry.position);
  }
  for (const CrsWeight& weight : crs.weights()) {
    arrays.layer_of_word.push_back(weight.layer);
  }
  return arrays;
}

}  // namespace

std::uint64_t FetchJob::words() const {
  std::uint64_t sum = 0;
  for (const FetchArrays& part : arrays) {
    sum += part.words;
  }
  return sum;
}

FetchJob directory_job(const MemoryImage& image) {
  // A beat per burst: words of 64 bytes, one at a time.
  return {{plain_array(0, image.sections().front().offset, 64, 0)}, 1};
}

FetchJob bias_job(const MemoryImage& image, std::uint64_t lanes) {
  FetchJob job;
  job.lanes = lanes;
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::codebook) {
      const int bits = image.network().layers[section.layer].weight_format.bits;
      job.arrays.push_back(plain_array(section.offset, section.bytes,
                                       static_cast<std::uint64_t>(bits / 8), section.layer));
    } else if (section.kind == SectionKind::bias || section.kind == SectionKind::match_row) {
      job.arrays.push_back(plain_array(section.offset, section.bytes, 4, section.layer));
    }
  }
  return job;
}

FetchJob batch_job(const MemoryImage& image, int iteration, std::uint64_t lanes) {
  const auto word_bytes = static_cast<std::uint64_t>(image.info().widths.value_bytes);
  if (image.info().scheme == Scheme::base) {
    return image.has_lines() ? line_job(image, lanes)
                             : plain_job(image, SectionKind::dense_value, word_bytes, lanes);
  }
  const auto number = static_cast<std::uint16_t>(iteration);
  return {{cluster_arrays(image, number, 0), cluster_arrays(image, number, 1)}, lanes};
}

FetchJob tables_job(const MemoryImage& image, int iteration, std::uint64_t lanes) {
  constexpr std::array<SectionKind, 3> kinds = {SectionKind::kernel_index, SectionKind::group_index,
                                                SectionKind::kernel_block};
  FetchJob job;
  job.lanes = lanes;
  for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
    if (!image.is_interleaved(l, static_cast<std::uint16_t>(iteration))) {
      continue;
    }
    FetchArrays tables;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const Section* section = image.find(kinds[k], l, static_cast<std::uint16_t>(iteration), 0);
      tables.parts[k + 1] = {section->offset, section->bytes};
    }
    tables.index_bytes = static_cast<std::uint64_t>(image.info().widths.index_bytes);
    tables.group_bytes = tables.index_bytes;
    tables.block_bytes = 2;
    tables.words = tables.parts[1].bytes / tables.index_bytes;
    tables.layer_of_word.assign(tables.words, l);
    job.arrays.push_back(tables);
  }
  return job;
}

FetchJob input_job(const MemoryImage& image, std::uint64_t address) {
  const auto bytes = static_cast<std::uint64_t>(image.network().input.size()) * 4;
  return {{plain_array(address, bytes, 64, 0)}, 1};
}

}  // namespace airnn::test
