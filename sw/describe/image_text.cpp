// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/image_text.h"

#include <fmt/format.h>

#include "sw/console/console.h"
#include "sw/console/table.h"
#include "sw/describe/crs_slice.h"
#include "sw/describe/network_words.h"

namespace airnn {

namespace {

std::string header_text(const MemoryImage& image, const std::string& file) {
  const ImageInfo& info = image.info();
  const Network& network = image.network();
  std::string text =
      fmt::format("{}: {} bytes, checksum {:08x}, every section verified\nscheme {}, {} bit values",
                  file, grouped(static_cast<long long>(image.bytes().size)), image.checksum(),
                  to_string(info.scheme), image.weight_bits());
  if (image.has_bins()) {
    text += " by the number of a bin";
  }
  if (image.has_lines()) {
    text += " as lines";
  }
  if (const std::size_t rows = image.associative_rows()) {
    text += fmt::format(", {} match rows", rows);
  }
  if (info.is_sparse) {
    text += fmt::format(", without zeros, {} bit indices", 8 * info.widths.index_bytes);
  } else if (info.scheme != Scheme::base) {
    text += fmt::format(", {} bit indices, {} iterations", 8 * info.widths.index_bytes,
                        info.iterations);
  }
  if (info.scheme == Scheme::interleaved) {
    text += fmt::format(", policy {}", to_string(info.policy));
  }
  return text + fmt::format("\nnetwork {}: input {} ({}), {} classes{}\n", one_line(network.name),
                            shape_text(network.input), format_text(network.input_format),
                            network.classes(), network.has_softmax ? ", softmax" : "");
}

std::string pool_text(const Layer& layer) {
  return layer.pool == PoolKind::none
             ? ""
             : fmt::format("{} {}", to_string(layer.pool), window_text(layer.pool_window));
}

std::string layer_table(const MemoryImage& image, const ImageSelection& selection) {
  Table table({{""},
               {"layer", Table::Align::left},
               {"kind", Table::Align::left},
               {"input"},
               {"output"},
               {"window", Table::Align::left},
               {"activation", Table::Align::left},
               {"pooling", Table::Align::left},
               {"kernels"},
               {"columns"},
               {"K"},
               {"weights"},
               {"zeros"},
               {"weight format"},
               {"output format"}});
  const Network& network = image.network();
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    if (!selection.shows_layer(i)) {
      continue;
    }
    std::vector<std::string> cells{
        std::to_string(i),
        layer.name,
        to_string(layer.kind),
        shape_text(layer.input),
        shape_text(layer.output),
        layer.kind == LayerKind::fully_connected ? "" : window_text(layer.window),
        to_string(layer.activation),
        pool_text(layer)};
    if (layer.has_weights()) {
      cells.insert(cells.end(), {grouped(layer.kernels), grouped(layer.columns),
                                 layer.clusters > 0 ? std::to_string(layer.clusters) : "-",
                                 grouped(layer.weights), grouped(layer.zeros),
                                 format_text(layer.weight_format)});
    } else {
      cells.insert(cells.end(), {"", "", "", "", "", ""});
    }
    cells.push_back(format_text(layer.output_format));
    table.add_row(cells);
  }
  return table.text();
}

std::string section_table(const MemoryImage& image, const ImageSelection& selection) {
  Table table({{"section", Table::Align::left}, {"offset"}, {"bytes"}, {"CRC-32C"}});
  for (const Section& section : image.sections()) {
    if (selection.shows(section)) {
      table.add_row({section.name(), fmt::format("{:#x}", section.offset),
                     grouped(static_cast<long long>(section.bytes)),
                     fmt::format("{:08x}", section.crc32c)});
    }
  }
  return table.text();
}

template <typename Entries, typename Write>
void append_array(std::string& text, const char* name, const Entries& entries, const Write& write) {
  text += fmt::format("  {:<7}", name);
  for (const auto& entry : entries) {
    text += ' ';
    write(entry);
  }
  text += '\n';
}

}  // namespace

std::string image_text(const MemoryImage& image, const std::string& file,
                       const ImageSelection& selection) {
  return header_text(image, file) + "\n" + layer_table(image, selection) + "\n" +
         batch_table(selected_batches(image, selection)) + "\n" + section_table(image, selection);
}

std::string crs_text(const MemoryImage& image, std::uint16_t iteration, std::uint16_t cluster,
                     const ImageSelection& selection) {
  const CrsSlice slice = slice_of(image.cluster(iteration, cluster), selection.layer);
  const CrsCluster& arrays = slice.arrays;
  std::string text = fmt::format("\nbatch {}, cluster {}: {} weights", iteration, cluster,
                                 grouped(static_cast<long long>(arrays.value.size())));
  if (selection.layer) {
    text += fmt::format(" of layer {}, from position {} on, rows from position {} on",
                        *selection.layer, slice.first_value, slice.first_row);
  }
  text += '\n';
  const auto number = [&](auto value) { text += std::to_string(value); };
  append_array(text, "value", arrays.value, number);
  append_array(text, "column", arrays.column, number);
  append_array(text, "row", arrays.row, [&](const RowEntry& entry) {
    text += fmt::format("{}@{}", entry.row, entry.position);
  });
  append_array(text, "layer", arrays.layer, [&](const LayerEntry& entry) {
    text += fmt::format("{}@{}", entry.layer, entry.position);
  });
  return text;
}

}  // namespace airnn
