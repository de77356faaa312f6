// SPDX-License-Identifier: Apache-2.0
#include "sw/format/stored_weights.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/image_layout.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

__extension__ using Wide = __int128;

/// One of many numbers; a form that compilers turn into vector instructions.
template <typename Number>
Number number_at(const std::uint8_t* array, std::size_t index) {
  const std::uint8_t* from = array + index * sizeof(Number);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  Number number;
  std::memcpy(&number, from, sizeof number);
  return number;
#else
  return static_cast<Number>(load_little_endian(from, sizeof(Number)));
#endif
}

/// A weight by the number of its bin.
struct BinNumber {};

/// The weight at a place. A bin that does not exist has none.
template <typename Value>
struct WeightsAt {
  const std::uint8_t* value;
  const std::vector<std::int32_t>* centres;

  bool exists(std::size_t) const { return true; }
  std::int64_t operator[](std::size_t i) const { return number_at<Value>(value, i); }
};
template <>
struct WeightsAt<BinNumber> {
  const std::uint8_t* value;
  const std::vector<std::int32_t>* centres;

  bool exists(std::size_t i) const { return value[i] < centres->size(); }
  std::int64_t operator[](std::size_t i) const { return (*centres)[value[i]]; }
};

constexpr const char* kNoBin = "a weight is in a bin that does not exist";

std::uint64_t absolute_weight(std::int64_t value) {
  return static_cast<std::uint64_t>(value < 0 ? -value : value);
}

/// What a row of a cluster, or a kernel of a matrix, holds; and what is wrong with it.
struct RowScan {
  std::int64_t sum = 0;
  std::uint64_t magnitude = 0;
  std::int64_t weights = 0;
  SectionKind damaged = SectionKind::value;
  const char* fault = nullptr;
};

/// What SumCheck wants to know: the sum of the weights' magnitudes, or, as the image does not hold
/// the table that a layer's multipliers have, of the largest products that a table can have.
std::uint64_t largest_products(const Layer& layer, const RowScan& scan) {
  return layer.product_table == 0 ? scan.magnitude
                                  : static_cast<std::uint64_t>(scan.weights) * kLargestProduct;
}

/// A row of a matrix of `columns`; `seen` has a bit for each of its places, from `bit` on.
struct RowPlace {
  std::uint64_t columns;
  std::uint64_t bit;
  std::vector<std::uint64_t>* seen;
  const std::vector<std::int32_t>* centres;  ///< of the layer's bins; null: weights themselves
  bool may_be_zero;                          ///< its weights
};

template <typename Value, typename Index>
RowScan scan_row(const std::uint8_t* value, const std::uint8_t* column, std::size_t count,
                 const RowPlace& place) {
  RowScan scan;
  scan.weights = static_cast<std::int64_t>(count);
  const WeightsAt<Value> weights{value, place.centres};
  std::uint64_t least = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t at = number_at<Index>(column, i);
    if (!weights.exists(i)) {
      scan.fault = kNoBin;
      return scan;
    }
    const std::int64_t weight = weights[i];
    const bool ascends = at >= least;
    if (!ascends || at >= place.columns || (weight == 0 && !place.may_be_zero)) {
      scan.fault = at >= place.columns ? "a weight lies outside of its layer"
                   : !ascends          ? "columns of a row do not ascend"
                                       : "a weight is zero";
      scan.damaged = ascends && at < place.columns ? SectionKind::value : SectionKind::column;
      return scan;
    }
    least = at + 1;
    std::uint64_t& word = (*place.seen)[(place.bit + at) / 64];
    const std::uint64_t mask = std::uint64_t{1} << (place.bit + at) % 64;
    if ((word & mask) != 0) {
      scan.fault = "a weight is in an earlier cluster, too";
      return scan;
    }
    word |= mask;
    scan.weights -= weight == 0 ? 1 : 0;
    scan.sum += weight;
    scan.magnitude += absolute_weight(weight);
  }
  return scan;
}

template <typename Value>
RowScan scan_kernel(const std::uint8_t* value, std::size_t count,
                    const std::vector<std::int32_t>* centres) {
  RowScan scan;
  const WeightsAt<Value> weights{value, centres};
  for (std::size_t i = 0; i < count; ++i) {
    if (!weights.exists(i)) {
      scan.fault = kNoBin;
      return scan;
    }
    const std::int64_t weight = weights[i];
    scan.magnitude += absolute_weight(weight);
    scan.weights += weight != 0 ? 1 : 0;
  }
  return scan;
}

using ScanRow = RowScan (*)(const std::uint8_t*, const std::uint8_t*, std::size_t, const RowPlace&);
using ScanKernel = RowScan (*)(const std::uint8_t*, std::size_t, const std::vector<std::int32_t>*);

template <typename Value>
ScanRow scanner_of(int index_bytes) {
  return index_bytes == 1   ? scan_row<Value, std::uint8_t>
         : index_bytes == 2 ? scan_row<Value, std::uint16_t>
                            : scan_row<Value, std::uint32_t>;
}

ScanRow scanner_of(const CrsWidths& widths, bool has_bins) {
  return has_bins                  ? scanner_of<BinNumber>(widths.index_bytes)
         : widths.value_bytes == 1 ? scanner_of<std::int8_t>(widths.index_bytes)
         : widths.value_bytes == 2 ? scanner_of<std::int16_t>(widths.index_bytes)
                                   : scanner_of<std::int32_t>(widths.index_bytes);
}

ScanKernel kernel_scanner_of(int value_bytes, bool has_bins) {
  return has_bins           ? scan_kernel<BinNumber>
         : value_bytes == 1 ? scan_kernel<std::int8_t>
         : value_bytes == 2 ? scan_kernel<std::int16_t>
                            : scan_kernel<std::int32_t>;
}

}  // namespace

/// The position arrays of one cluster, and where in the image it is.
class StoredWeights::ClusterScan {
 public:
  ClusterScan(std::uint16_t iteration, std::uint16_t cluster, const ClusterBytes& arrays,
              const CrsWidths& widths)
      : iteration_(iteration), cluster_(cluster), arrays_(arrays), widths_(widths) {
    weights_ = entries(SectionKind::value, arrays.value, widths.value_bytes);
    rows_ = entries(SectionKind::row, arrays.row, widths.row_entry_bytes());
    layers_ = entries(SectionKind::layer, arrays.layer, widths.layer_entry_bytes());
    if (entries(SectionKind::column, arrays.column, widths.index_bytes) != weights_) {
      refuse(SectionKind::column, "not as many entries as the value array");
    }
  }

  int cell() const { return 2 * (iteration_ - 1) + cluster_; }
  std::size_t layers() const { return layers_; }

  [[noreturn]] void refuse(SectionKind kind, const std::string& why) const {
    Section section;
    section.kind = kind;
    section.iteration = iteration_;
    section.cluster = cluster_;
    throw ImageError("section " + section.name() + ": " + why);
  }

  Part part(std::size_t index) const {
    const auto [begin, end] = span(SectionKind::layer, arrays_.layer, index, layers_, rows_);
    return {number(arrays_.layer, index), begin, end};
  }

  std::uint32_t row(std::size_t index) const { return number(arrays_.row, index); }

  RowScan scan(std::size_t row, const RowPlace& place) const {
    const auto [begin, end] = span(SectionKind::row, arrays_.row, row, rows_, weights_);
    return scanner_of(widths_, place.centres != nullptr)(
        arrays_.value.data + begin * static_cast<unsigned>(widths_.value_bytes),
        arrays_.column.data + begin * static_cast<unsigned>(widths_.index_bytes), end - begin,
        place);
  }

 private:
  std::size_t entries(SectionKind kind, ByteView bytes, int entry_bytes) const {
    const auto size = static_cast<std::size_t>(entry_bytes);
    if (bytes.size == 0 || bytes.size % size != 0) {
      refuse(kind, std::to_string(bytes.size) + " bytes are no multiple of its entry of " +
                       std::to_string(size) + ", or none");
    }
    return bytes.size / size;
  }

  std::uint32_t number(ByteView array, std::size_t index) const {
    const auto size = static_cast<std::size_t>(widths_.row_entry_bytes());
    return static_cast<std::uint32_t>(
        load_little_endian(array.data + index * size, widths_.index_bytes));
  }

  std::uint64_t position(ByteView array, std::size_t index) const {
    const auto size = static_cast<std::size_t>(widths_.row_entry_bytes());
    return load_little_endian(
        array.data + index * size + static_cast<std::size_t>(widths_.index_bytes), 4);
  }

  /// Entries of the next array that belong to one of this: positions start at 0 and ascend.
  std::pair<std::size_t, std::size_t> span(SectionKind kind, ByteView array, std::size_t index,
                                           std::size_t count, std::size_t limit) const {
    const std::uint64_t begin = position(array, index);
    const std::uint64_t end = index + 1 < count ? position(array, index + 1) : limit;
    if ((index == 0 && begin != 0) || begin >= end || end > limit) {
      refuse(kind, "entry " + std::to_string(index) + " has the impossible position " +
                       std::to_string(begin));
    }
    return {begin, end};
  }

  std::uint16_t iteration_;
  std::uint16_t cluster_;
  const ClusterBytes& arrays_;
  const CrsWidths& widths_;
  std::size_t weights_ = 0;
  std::size_t rows_ = 0;
  std::size_t layers_ = 0;
};

StoredWeights::StoredWeights(const Network& network, const CrsWidths& widths, bool has_lines)
    : network_(network), widths_(widths), has_lines_(has_lines), layers_(network.layers.size()) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    layers_[i].magnitudes.assign(static_cast<std::size_t>(network.layers[i].kernels), 0);
  }
}

void StoredWeights::set_codebook(std::size_t layer, std::vector<std::int32_t> centres) {
  layers_[layer].has_bins = true;
  layers_[layer].centres = std::move(centres);
}

void StoredWeights::add_cluster(std::uint16_t iteration, std::uint16_t cluster,
                                const ClusterBytes& arrays) {
  ClusterScan scan(iteration, cluster, arrays, widths_);
  for (std::size_t i = 0; i < scan.layers(); ++i) {
    const Part part = scan.part(i);
    if (i > 0 && part.layer <= scan.part(i - 1).layer) {
      scan.refuse(SectionKind::layer, "layers do not ascend");
    }
    if (part.layer >= layers_.size() || !network_.layers[part.layer].has_weights()) {
      scan.refuse(SectionKind::layer,
                  "layer " + std::to_string(part.layer) + " does not exist or has no weights");
    }
    add_part(part, scan);
  }
}

void StoredWeights::add_part(const Part& part, ClusterScan& scan) {
  const Layer& layer = network_.layers[part.layer];
  LayerState& state = layers_[part.layer];
  const auto columns = static_cast<std::uint64_t>(layer.columns);
  if (state.seen.empty()) {
    state.seen.assign((state.magnitudes.size() * columns + 63) / 64, 0);
  }
  std::int64_t sum = 0;
  std::int64_t weights = 0;
  for (std::size_t r = part.first_row; r < part.end_row; ++r) {
    const std::uint32_t row = scan.row(r);
    if (row >= state.magnitudes.size() || (r > part.first_row && row <= scan.row(r - 1))) {
      scan.refuse(SectionKind::row, "row " + std::to_string(row) + " of layer " +
                                        std::to_string(part.layer) +
                                        " does not exist, or does not ascend");
    }
    const RowScan found = scan.scan(r, {columns, row * columns, &state.seen,
                                        state.has_bins ? &state.centres : nullptr, has_lines_});
    if (found.fault != nullptr) {
      scan.refuse(found.damaged, "layer " + std::to_string(part.layer) + ", row " +
                                     std::to_string(row) + ": " + found.fault);
    }
    sum += found.sum;
    weights += found.weights;
    state.magnitudes[row] += largest_products(layer, found);
  }
  check_cell(layer, state, scan);
  if (!has_lines_ && scan.cell() % 2 == 1 &&
      Wide{sum} * state.last_count > Wide{state.last_sum} * weights) {
    scan.refuse(SectionKind::value, "layer " + std::to_string(part.layer) +
                                        ": its mean is larger than that of cluster 0");
  }
  ++state.clusters;
  state.weights += weights;
  state.last_sum = sum;
  state.last_count = weights;
}

/// Clusters of a layer fill the batches from the first on, two in each.
void StoredWeights::check_cell(const Layer& layer, const LayerState& state,
                               const ClusterScan& scan) const {
  const std::int32_t expected = std::max(layer.clusters, 1);
  if (scan.cell() != state.clusters || scan.cell() >= expected) {
    scan.refuse(SectionKind::layer,
                "layer '" + shown(layer.name) + "' has " + std::to_string(layer.clusters) +
                    " clusters, which fill the batches one after the other; expected " +
                    (state.clusters < expected
                         ? "cluster " + std::to_string(state.clusters % 2) + " of iteration " +
                               std::to_string(state.clusters / 2 + 1)
                         : std::string("no more")));
  }
}

void StoredWeights::add_matrix(std::size_t layer, ByteView values) {
  LayerState& state = layers_[layer];
  const auto columns = static_cast<std::size_t>(network_.layers[layer].columns);
  const ScanKernel scan = kernel_scanner_of(widths_.value_bytes, state.has_bins);
  for (std::size_t m = 0; m < state.magnitudes.size(); ++m) {
    const RowScan found =
        scan(values.data + m * columns * static_cast<unsigned>(widths_.value_bytes), columns,
             state.has_bins ? &state.centres : nullptr);
    if (found.fault != nullptr) {
      throw ImageError("section dense_value, layer " + std::to_string(layer) + ": kernel " +
                       std::to_string(m) + ": " + found.fault);
    }
    state.magnitudes[m] = largest_products(network_.layers[layer], found);
    state.weights += found.weights;
  }
}

void StoredWeights::finish() const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = network_.layers[i];
    const LayerState& state = layers_[i];
    if (layer.weights != state.weights) {
      throw ImageError("section network: layer '" + shown(layer.name) + "': claims " +
                       std::to_string(layer.weights) + " weights, but " +
                       std::to_string(state.weights) + " are stored");
    }
    if (layer.clusters > 0 && layer.clusters != state.clusters) {
      throw ImageError("section network: layer '" + shown(layer.name) + "': claims " +
                       std::to_string(layer.clusters) + " clusters, but " +
                       std::to_string(state.clusters) + " are stored");
    }
  }
}

}  // namespace airnn
