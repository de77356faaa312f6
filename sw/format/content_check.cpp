// SPDX-License-Identifier: Apache-2.0
#include "sw/format/content_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "sw/format/bin_tables.h"
#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"
#include "sw/format/interleave_check.h"
#include "sw/format/network_check.h"
#include "sw/format/section_walk.h"
#include "sw/format/shown_text.h"
#include "sw/format/stored_weights.h"
#include "sw/format/sum_check.h"

namespace airnn {

namespace {

class ContentCheck {
 public:
  ContentCheck(ByteView file, const ImageInfo& info, const WeightEncoding& encoding,
               const std::vector<Section>& sections, const Network& network)
      : file_(file),
        info_(info),
        encoding_(encoding),
        sections_(sections),
        network_(network),
        walk_(sections, info, encoding, network),
        weights_(network, info.widths, info.encoding == kLineEncoding) {
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      if (network.layers[i].has_weights()) {
        weighted_.push_back(static_cast<std::uint16_t>(i));
      }
    }
  }

  void run() {
    walk_.expect(SectionKind::network, kAllLayers, 0, 0);
    check_claims(network_, info_.iterations, file_.size);
    check_header();
    check_boot();
    if (info_.is_dense()) {
      check_matrices();
    } else {
      check_batches();
    }
    walk_.finish();
    weights_.finish();
    check_sums();
  }

 private:
  [[noreturn]] static void refuse(const Section& section, const std::string& why) {
    throw ImageError("section " + section.name() + ": " + why);
  }

  ByteView content(const Section& section) const {
    return file_.subview(section.offset, section.bytes);
  }

  const Section& expect_of_size(SectionKind kind, std::uint16_t layer, std::uint64_t bytes) {
    const Section& section = walk_.expect(kind, layer, 0, 0);
    if (section.bytes != bytes) {
      refuse(section,
             "has " + std::to_string(section.bytes) + " bytes, expected " + std::to_string(bytes));
    }
    return section;
  }

  void check_header() const {
    const bool is_dense = info_.is_dense();
    std::int32_t most_clusters = 1;
    for (const std::uint16_t i : weighted_) {
      const Layer& layer = network_.layers[i];
      if (info_.encoding == kBinnedEncoding) {
        check_binned(layer);
      } else if (layer.weight_format.bits != 8 * info_.widths.value_bytes) {
        throw ImageError("section network: layer '" + shown(layer.name) + "': weights of " +
                         std::to_string(layer.weight_format.bits) +
                         " bits, but those of the image have " +
                         std::to_string(8 * info_.widths.value_bytes));
      }
      if (info_.scheme == Scheme::base && layer.clusters != 0) {
        throw ImageError("section network: layer '" + shown(layer.name) +
                         "': has clusters, which scheme base does not have");
      }
      const std::int64_t limit = std::int64_t{1} << (8 * info_.widths.index_bytes);
      if (!is_dense && (i >= limit || layer.kernels > limit || layer.columns > limit)) {
        throw ImageError("section network: layer '" + shown(layer.name) +
                         "': rows or columns beyond " + std::to_string(info_.widths.index_bytes) +
                         " bytes of an index");
      }
      most_clusters = std::max(most_clusters, layer.clusters);
    }
    if (info_.iterations != (most_clusters + 1) / 2) {
      throw ImageError("header: " + std::to_string(info_.iterations) + " iterations, expected " +
                       std::to_string((most_clusters + 1) / 2) + " by the clusters of the layers");
    }
    if (info_.scheme != Scheme::interleaved && info_.policy != InterleavePolicy::block) {
      throw ImageError("header: a policy of interleaving, but the scheme is " +
                       std::string(to_string(info_.scheme)));
    }
  }

  void check_binned(const Layer& layer) const {
    if (info_.widths.value_bytes != 1) {
      throw ImageError("header: weights of " + std::to_string(info_.widths.value_bytes) +
                       " bytes, but the number of a bin is one");
    }
    if (layer.weight_format.bits != network_.layers[weighted_.front()].weight_format.bits) {
      throw ImageError("section network: layer '" + shown(layer.name) + "': weights of " +
                       std::to_string(layer.weight_format.bits) +
                       " bits, but those of other layers have " +
                       std::to_string(network_.layers[weighted_.front()].weight_format.bits));
    }
  }

  /// What is read before the first input.
  void check_boot() {
    const bool has_rows = info_.encoding == kBinnedEncoding && has_match_rows();
    for (const std::uint16_t i : weighted_) {
      const auto kernels = static_cast<std::uint64_t>(network_.layers[i].kernels);
      biases_[i] = content(expect_of_size(
          SectionKind::bias, i, array_of(SectionKind::bias).bytes(kernels, info_.widths)));
      if (info_.encoding == kBinnedEncoding) {
        check_bins(i);
      }
      if (has_rows) {
        check_rows(i);
      }
    }
  }

  bool has_match_rows() const {
    return std::any_of(sections_.begin(), sections_.end(), [](const Section& section) {
      return section.kind == SectionKind::match_row;
    });
  }

  void check_bins(std::uint16_t layer) {
    const Section& section = walk_.expect(SectionKind::codebook, layer, 0, 0);
    const int weight_bytes = network_.layers[layer].weight_format.bits / 8;
    try {
      check_codebook(content(section), weight_bytes);
    } catch (const ImageError& error) {
      refuse(section, error.what());
    }
    codebooks_[layer] = decode_codebook(content(section), weight_bytes);
    weights_.set_codebook(layer, codebooks_[layer]);
  }

  /// All layers have as many.
  void check_rows(std::uint16_t layer) {
    const Section& section = walk_.expect(SectionKind::match_row, layer, 0, 0);
    const int weight_bytes = network_.layers[layer].weight_format.bits / 8;
    if (weight_bytes == 1 || network_.layers[layer].product_table != 0) {
      refuse(section, weight_bytes == 1
                          ? "weights of 8 bits have no associative memory beside them"
                          : "the layer's multipliers are a table, beside which there is none");
    }
    const ByteView bytes = content(section);
    try {
      check_match_rows(bytes, weight_bytes, codebooks_[layer]);
    } catch (const ImageError& error) {
      refuse(section, error.what());
    }
    if (bytes.size != row_bytes_.value_or(bytes.size)) {
      refuse(section, "has " + std::to_string(bytes.size) + " bytes, those of other layers have " +
                          std::to_string(*row_bytes_));
    }
    row_bytes_ = bytes.size;
    for (const MatchRow& row : decode_match_rows(bytes, weight_bytes)) {
      const std::int64_t operand = row.is_empty() ? 0 : row.operand();
      operands_[layer] = std::max(operands_[layer], operand < 0 ? -operand : operand);
    }
  }

  void check_matrices() {
    bool has_lines = false;
    for (const std::uint16_t i : weighted_) {
      const MatrixShape shape = matrix_shape(network_.layers[i], info_.widths);
      const ArrayInfo& plain = array_of(SectionKind::dense_value);
      if (has_plain_arrays(info_.encoding)) {
        weights_.add_matrix(
            i, content(expect_of_size(plain.kind, i, plain.bytes(shape.weights(), shape.widths))));
        continue;
      }
      if (info_.encoding == kLineEncoding && walk_.is_next(plain.kind, i, 0, 0)) {
        weights_.add_matrix(
            i, content(expect_of_size(plain.kind, i, plain.bytes(shape.weights(), shape.widths))));
        continue;
      }
      has_lines = true;
      const std::vector<ByteView> arrays = expect_arrays(i, 0, 0);
      try {
        const auto& encoding = static_cast<const MatrixEncoding&>(encoding_);
        const EncodedArrays same = dense_encoding().encode(encoding.decode(arrays, shape), shape);
        weights_.add_matrix(i, {same[0].data(), same[0].size()});
      } catch (const ImageError& error) {
        throw ImageError("weights of layer " + std::to_string(i) + ": " + error.what());
      }
    }
    if (info_.encoding == kLineEncoding && !has_lines) {
      throw ImageError("header: its weights are lines, but no layer has any");
    }
  }

  std::vector<ByteView> expect_arrays(std::uint16_t layer, std::uint16_t iteration,
                                      std::uint16_t cluster) {
    std::vector<ByteView> arrays;
    for (const ArrayInfo& array : encoding_.arrays()) {
      arrays.push_back(content(walk_.expect(array.kind, layer, iteration, cluster)));
    }
    return arrays;
  }

  void check_batches() {
    std::vector<std::uint16_t> interleaved;
    for (const std::uint16_t i : weighted_) {
      if (info_.scheme == Scheme::interleaved && can_be_interleaved(network_.layers[i]) &&
          network_.layers[i].weights > 0) {
        interleaved.push_back(i);
      }
    }
    bool tables = !interleaved.empty();  // they end with one iteration for all layers
    for (std::uint16_t i = 1; i <= info_.iterations; ++i) {
      for (std::uint16_t c = 0; c < 2; ++c) {
        if (walk_.is_next(encoding_.arrays().front().kind, kAllLayers, i, c)) {
          check_cluster(i, c);
        }
      }
      tables =
          tables && (i == 1 || walk_.is_next(SectionKind::kernel_index, interleaved.front(), i, 0));
      for (std::size_t t = 0; tables && t < interleaved.size(); ++t) {
        walk_.expect(SectionKind::kernel_index, interleaved[t], i, 0);
        walk_.expect(SectionKind::group_index, interleaved[t], i, 0);
        walk_.expect(SectionKind::kernel_block, interleaved[t], i, 0);
      }
    }
  }

  void check_cluster(std::uint16_t iteration, std::uint16_t cluster) {
    std::vector<ByteView> arrays = expect_arrays(kAllLayers, iteration, cluster);
    EncodedArrays same;  // as if it were plain
    if (!has_plain_arrays(info_.encoding)) {
      const auto& encoding = static_cast<const ClusterEncoding&>(encoding_);
      try {
        same = clustered_encoding().encode(encoding.decode(arrays, info_.widths), info_.widths);
      } catch (const ImageError& error) {
        throw ImageError("cluster " + std::to_string(cluster) + " of iteration " +
                         std::to_string(iteration) + ": " + error.what());
      }
      arrays.clear();
      for (const std::vector<std::uint8_t>& bytes : same) {
        arrays.push_back({bytes.data(), bytes.size()});
      }
    }
    weights_.add_cluster(iteration, cluster, {arrays[0], arrays[1], arrays[2], arrays[3]});
  }

  void check_sums() {
    SumCheck sums(network_);
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      std::vector<std::int64_t> biases;
      if (network_.layers[i].has_weights()) {
        const ByteView bytes = biases_.at(static_cast<std::uint16_t>(i));
        for (std::size_t at = 0; at < bytes.size; at += 8) {
          biases.push_back(static_cast<std::int64_t>(load_little_endian(bytes.data + at, 8)));
        }
      }
      const auto rows = operands_.find(static_cast<std::uint16_t>(i));
      sums.check(weights_.magnitudes(i), biases,
                 rows == operands_.end() ? 0 : static_cast<std::uint64_t>(rows->second));
    }
  }

  ByteView file_;
  const ImageInfo& info_;
  const WeightEncoding& encoding_;
  const std::vector<Section>& sections_;
  const Network& network_;
  SectionWalk walk_;
  StoredWeights weights_;
  std::vector<std::uint16_t> weighted_;
  std::map<std::uint16_t, ByteView> biases_;
  std::map<std::uint16_t, std::vector<std::int32_t>> codebooks_;
  std::optional<std::uint64_t> row_bytes_;          ///< of the match rows of each layer
  std::map<std::uint16_t, std::int64_t> operands_;  ///< largest in whose place a row stands
};

}  // namespace

void check_contents(ByteView file, const ImageInfo& info, const WeightEncoding& encoding,
                    const std::vector<Section>& sections, const Network& network) {
  ContentCheck(file, info, encoding, sections, network).run();
}

}  // namespace airnn
