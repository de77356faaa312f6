// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/batch_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "sw/console/table.h"
#include "sw/describe/line_report.h"

namespace airnn {

namespace {

double ratio(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The layers with weights, each with nothing fetched yet.
std::vector<LayerShare> empty_shares(const Network& network) {
  std::vector<LayerShare> shares;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (layer.has_weights()) {
      LayerShare share;
      share.layer = i;
      share.name = layer.name;
      share.kernels = layer.kernels;
      shares.push_back(share);
    }
  }
  return shares;
}

/// Sums and fractions follow from the shares of the layers.
void complete(std::vector<BatchSummary>& batches, const Network& network) {
  std::int64_t all = 0;
  for (const Layer& layer : network.layers) {
    all += layer.weights;
  }
  std::int64_t loaded = 0;
  for (BatchSummary& batch : batches) {
    for (LayerShare& share : batch.layers) {
      share.fraction = ratio(share.weights, network.layers[share.layer].weights);
      batch.weights += share.weights;
      batch.bytes += share.bytes;
    }
    loaded += batch.weights;
    batch.fraction = ratio(batch.weights, all);
    batch.cumulative_fraction = all == 0 ? 1.0 : ratio(loaded, all);
  }
}

/// Which kernels have a weight so far, per layer with weights.
class KernelUse {
 public:
  explicit KernelUse(const std::vector<LayerShare>& shares) {
    for (const LayerShare& share : shares) {
      used_.emplace_back(static_cast<std::size_t>(share.kernels), false);
    }
  }
  void mark(std::size_t place, std::size_t kernel) { used_[place][kernel] = true; }
  std::int64_t count(std::size_t place) const {
    return std::count(used_[place].begin(), used_[place].end(), true);
  }

 private:
  std::vector<std::vector<bool>> used_;
};

void add_cluster(const CrsCluster& cluster, const CrsWidths& widths,
                 std::vector<LayerShare>& shares, KernelUse& use) {
  for (std::size_t e = 0; e < cluster.layer.size(); ++e) {
    const auto place =
        static_cast<std::size_t>(std::find_if(shares.begin(), shares.end(),
                                              [&](const LayerShare& share) {
                                                return share.layer == cluster.layer[e].layer;
                                              }) -
                                 shares.begin());
    const std::size_t row_begin = cluster.layer[e].position;
    const std::size_t row_end =
        e + 1 < cluster.layer.size() ? cluster.layer[e + 1].position : cluster.row.size();
    const std::size_t begin = cluster.row[row_begin].position;
    const std::size_t end =
        row_end < cluster.row.size() ? cluster.row[row_end].position : cluster.value.size();
    for (std::size_t r = row_begin; r < row_end; ++r) {
      use.mark(place, cluster.row[r].row);
    }
    const auto weights = static_cast<std::int64_t>(end - begin);
    const auto value = cluster.value.begin();
    LayerShare& share = shares[place];
    // A line may make a weight zero, which then does not count.
    share.weights += weights - std::count(value + static_cast<std::ptrdiff_t>(begin),
                                          value + static_cast<std::ptrdiff_t>(end), 0);
    share.bytes.value += weights * widths.value_bytes;
    share.bytes.column += weights * widths.index_bytes;
    share.bytes.row += static_cast<std::int64_t>(row_end - row_begin) * widths.row_entry_bytes();
    share.bytes.layer += widths.layer_entry_bytes();
  }
}

void add_tables(const MemoryImage& image, int batch, LayerShare& share) {
  const auto layer = static_cast<std::uint16_t>(share.layer);
  const auto iteration = static_cast<std::uint16_t>(batch);
  if (!image.is_interleaved(layer, iteration)) {
    return;
  }
  const auto bytes_of = [&](SectionKind kind) {
    return static_cast<std::int64_t>(image.find(kind, layer, iteration, 0)->bytes);
  };
  share.groups = static_cast<std::int64_t>(image.groups(layer, iteration).size());
  share.bytes.kernel_index = bytes_of(SectionKind::kernel_index);
  share.bytes.group_index = bytes_of(SectionKind::group_index);
  share.bytes.kernel_block = bytes_of(SectionKind::kernel_block);
}

/// Where weights are lines.
void set_line_bytes(const MemoryImage& image, BatchSummary& batch) {
  const std::vector<LineCounts> lines = line_counts(image, batch.iteration);
  for (LayerShare& share : batch.layers) {
    if (lines[share.layer].segments > 0) {
      share.bytes.value = lines[share.layer].segments *
                          static_cast<std::int64_t>(segment_bytes(image.info().widths));
    }
  }
}

BatchSummary dense_batch(const MemoryImage& image) {
  BatchSummary batch;
  batch.layers = empty_shares(image.network());
  KernelUse use(batch.layers);
  for (std::size_t place = 0; place < batch.layers.size(); ++place) {
    LayerShare& share = batch.layers[place];
    const auto columns = static_cast<std::size_t>(image.network().layers[share.layer].columns);
    const std::vector<std::int32_t> weights =
        image.dense_weights(static_cast<std::uint16_t>(share.layer));
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] != 0) {
        ++share.weights;
        use.mark(place, i / columns);
      }
    }
    share.bytes.value = static_cast<std::int64_t>(weights.size()) * image.info().widths.value_bytes;
    share.nonzero_kernels = use.count(place);
  }
  set_line_bytes(image, batch);
  return batch;
}

}  // namespace

ArrayBytes& ArrayBytes::operator+=(const ArrayBytes& other) {
  value += other.value;
  column += other.column;
  row += other.row;
  layer += other.layer;
  kernel_index += other.kernel_index;
  group_index += other.group_index;
  kernel_block += other.kernel_block;
  return *this;
}

std::vector<BatchSummary> summarise(const CompileReport& report, const Network& network) {
  std::vector<BatchSummary> batches(static_cast<std::size_t>(report.iterations));
  for (std::size_t b = 0; b < batches.size(); ++b) {
    batches[b].iteration = static_cast<int>(b) + 1;
    batches[b].interleaved = report.scheme == Scheme::interleaved;
    batches[b].layers = empty_shares(network);
    for (std::size_t place = 0; place < report.layers.size(); ++place) {
      const BatchReport& found = report.layers[place].batches[b];
      LayerShare& share = batches[b].layers[place];
      share.weights = found.weights;
      share.nonzero_kernels = found.nonzero_kernels;
      share.bytes.value = found.value_bytes;
      share.bytes.column = found.column_bytes;
      share.bytes.row = found.row_bytes;
      share.bytes.layer = found.layer_bytes;
      if (found.interleaving) {
        share.groups = found.interleaving->groups;
        share.bytes.kernel_index = found.interleaving->kernel_bytes;
        share.bytes.group_index = found.interleaving->group_bytes;
        share.bytes.kernel_block = found.interleaving->block_bytes;
      }
    }
  }
  complete(batches, network);
  return batches;
}

std::vector<BatchSummary> summarise(const MemoryImage& image) {
  std::vector<BatchSummary> batches;
  if (image.info().is_dense()) {
    batches.push_back(dense_batch(image));
  } else {
    KernelUse use(empty_shares(image.network()));
    for (int iteration = 1; iteration <= image.info().iterations; ++iteration) {
      BatchSummary batch;
      batch.iteration = iteration;
      batch.interleaved = image.info().scheme == Scheme::interleaved;
      batch.layers = empty_shares(image.network());
      for (std::uint16_t c = 0; c < 2; ++c) {
        add_cluster(image.cluster(static_cast<std::uint16_t>(iteration), c), image.info().widths,
                    batch.layers, use);
      }
      set_line_bytes(image, batch);
      for (std::size_t place = 0; place < batch.layers.size(); ++place) {
        batch.layers[place].nonzero_kernels = use.count(place);
        add_tables(image, iteration, batch.layers[place]);
      }
      batches.push_back(std::move(batch));
    }
  }
  complete(batches, image.network());
  return batches;
}

std::string batch_table(const std::vector<BatchSummary>& batches) {
  std::vector<Table::Column> columns{{"batch"},       {"layer", Table::Align::left},
                                     {"weights"},     {"fraction"},
                                     {"cumulative"},  {"value bytes"},
                                     {"index bytes"}, {"non-zero kernels"}};
  const bool interleaved = !batches.empty() && batches.front().interleaved;
  if (interleaved) {
    columns.push_back({"groups"});
  }
  Table table(columns);
  for (const BatchSummary& batch : batches) {
    const std::string number = std::to_string(batch.iteration);
    for (const LayerShare& share : batch.layers) {
      std::vector<std::string> cells{number,
                                     share.name,
                                     grouped(share.weights),
                                     fmt::format("{:.4f}", share.fraction),
                                     "",
                                     grouped(share.bytes.value),
                                     grouped(share.bytes.index()),
                                     fmt::format("{}/{}", share.nonzero_kernels, share.kernels)};
      if (interleaved) {
        cells.push_back(share.groups > 0 ? grouped(share.groups) : "-");
      }
      table.add_row(cells);
    }
    table.add_row({number, "(all)", grouped(batch.weights), fmt::format("{:.4f}", batch.fraction),
                   fmt::format("{:.4f}", batch.cumulative_fraction), grouped(batch.bytes.value),
                   grouped(batch.bytes.index()), ""});
  }
  return table.text();
}

}  // namespace airnn
