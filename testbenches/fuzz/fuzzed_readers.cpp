// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "hw/sim/mesh_config.h"
#include "hw/sim/reprice.h"
#include "hw/sim/run_config.h"
#include "sw/data/dram_trace_reader.h"
#include "sw/data/image_set.h"
#include "sw/data/mesh_trace_reader.h"
#include "sw/data/preprocess_file.h"
#include "sw/evaluate/experiment_reader.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/fuzz/fuzzed_evaluations.h"
#include "testbenches/fuzz/reader_fuzz.h"
#include "testbenches/fuzz/small_run.h"
#include "testbenches/support/onnx_builder.h"
#include "testbenches/support/random_image.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {

namespace {

using Form = FuzzedReader::Form;

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error("cannot read " + path);
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// All files of a folder of the project that end like this.
std::vector<std::string> files_of(const std::string& folder, const std::string& ending) {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(source_path(folder))) {
    if (entry.path().extension() == ending) {
      texts.push_back(text_of(entry.path().string()));
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::vector<std::string> models() {
  std::vector<std::string> seeds;
  OnnxBuilder plain;
  plain.input("x", {1, 2, 6, 6}).conv({3, 2, 3, 3}).relu().max_pool(2, 2).flatten().gemm(4, 12);
  seeds.push_back(plain.softmax().bytes());
  OnnxBuilder joined(11, 2);
  joined.input("x", {-1, 4, 5, 5}).conv({4, 4, 1, 1});
  const std::string before = joined.current();
  joined.conv({4, 1, 3, 3}, {1, 1, 4}).batch_normalization(4).clip(0, 6).add(before);
  joined.average_pool(2, 1, 1, true).global_average_pool().flatten().gemm(3, 4);
  seeds.push_back(joined.bytes());
  OnnxBuilder shaped(13, 3);
  shaped.input("x", {1, 1, 4, 4});
  const std::string map = shaped.current();
  shaped.node("Shape", {map});
  const std::string shape = shaped.current();
  shaped.node("Gather", {shape, shaped.integers({0})})
      .node("Concat", {shaped.current(), shaped.integers({-1})}, {{"axis", 0}});
  shaped.node("Reshape", {map, shaped.current()}).gemm(3, 16);
  seeds.push_back(shaped.bytes());
  for (const std::string& file : files_of("testbenches/cases", ".onnx")) {
    seeds.push_back(file);
  }
  return seeds;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift);
  }
  return bytes;
}

std::string idx(char type, const std::vector<std::uint32_t>& dims, std::size_t data) {
  std::string bytes{0, 0, type, static_cast<char>(dims.size())};
  for (const std::uint32_t dim : dims) {
    bytes += big_endian(dim);
  }
  for (std::size_t i = 0; i < data; ++i) {
    bytes += static_cast<char>(i % 7);
  }
  return bytes;
}

std::string npy(const std::string& type, const std::string& shape, std::size_t data,
                const std::string& order = "False") {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  header.resize((header.size() + 10) / 64 * 64 + 63 - 10, ' ');
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += '\x01';
  bytes += '\0';
  bytes += static_cast<char>(header.size());
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header + std::string(data, '\x03');
}

void add_data_readers(std::vector<FuzzedReader>& readers) {
  const auto images = [](const std::string& path) { read_images(path); };
  const auto labels = [](const std::string& path) { read_labels(path); };
  const std::string cifar(3073 * 2, '\x02');
  readers.push_back({"IDX images",
                     "images.idx",
                     Form::bytes,
                     {idx(8, {3, 4, 5}, 60), idx(8, {2, 3, 4, 4}, 96)},
                     true,
                     images});
  readers.push_back({"IDX labels",
                     "labels.idx",
                     Form::bytes,
                     {idx(8, {20}, 20), idx(11, {20}, 40)},
                     true,
                     labels});
  readers.push_back({"CIFAR images", "batch.bin", Form::bytes, {cifar}, true, images});
  readers.push_back({"NPY images",
                     "images.npy",
                     Form::bytes,
                     {npy("|u1", "(2, 1, 4, 4)", 32), npy("<f4", "(2, 3, 2, 2)", 96),
                      npy("<f8", "(1, 4, 4)", 128)},
                     true,
                     images});
  readers.push_back({"NPY labels",
                     "labels.npy",
                     Form::bytes,
                     {npy("<i8", "(5,)", 40), npy("|u1", "(5,)", 5)},
                     true,
                     labels});
  readers.push_back({"DRAM trace",
                     "trace.txt",
                     Form::text,
                     {"# weights\n0 R 0x0\n0 R 0x40\n17 W 4008000\n",
                      "0 R 40\r\n\n3 W 80\n3 R c0\n100000 R 0xffffffc0\n"},
                     true,
                     [](const std::string& path) {
                       DramTraceReader reader(path, std::uint64_t{1} << 32);
                       TraceRequest request;
                       while (reader.next(request)) {
                       }
                     }});
  readers.push_back({"mesh trace",
                     "packets.txt",
                     Form::text,
                     {"# packets\n0 0 5 4 0\n0 1 5 8 1\n17 15 0 255 0\n",
                      "0 2 3 1 0\r\n\n3 3 2 16 1\n100000 7 7 2 0\n"},
                     true,
                     [](const std::string& path) {
                       MeshTraceReader reader(path, {16, 255, 2});
                       TracePacket packet;
                       while (reader.next(packet)) {
                       }
                     }});
}

void add_configurations(std::vector<FuzzedReader>& readers, const std::string& folder) {
  // Files that name others lie where those are.
  std::filesystem::copy(source_path("configs"), folder + "/configs",
                        std::filesystem::copy_options::recursive);
  std::filesystem::create_directory_symlink(std::filesystem::absolute(source_path("models")),
                                            folder + "/models");
  const auto run_with = [](const std::string& key) {
    return [key](const std::string& path) {
      std::vector<ConfigAssignment> sets;
      if (!key.empty()) {
        sets.push_back({key + "=" + path, {}});
      }
      const std::string run = std::filesystem::path(path).parent_path().string() +
                              (key == "memory" ? "/ddr3.yaml" : "/default.yaml");
      read_run_config(key.empty() ? path : run, sets, chain_network(4, {3, 2}, 32));
    };
  };
  readers.push_back({"run file", "configs/run/fuzzed.yaml", Form::text,
                     files_of("configs/run", ".yaml"), false, run_with("")});
  readers.push_back({"accelerator file", "configs/run/accelerator.yaml", Form::text,
                     files_of("configs/accelerator", ".yaml"), false, run_with("accelerator")});
  readers.push_back({"memory file", "configs/run/memory.yaml", Form::text,
                     files_of("configs/memory", ".yaml"), false, run_with("memory")});
  readers.push_back({"mesh", "configs/mesh/fuzzed.yaml", Form::text,
                     files_of("configs/mesh", ".yaml"), false, [](const std::string& path) {
                       const ConfigReader reader = ConfigDocument::load(path).reader();
                       read_mesh_config(reader.section("mesh"));
                       reader.finish();
                     }});
  readers.push_back({"energy table", "configs/run/energy.yaml", Form::text,
                     files_of("configs/energy", ".yaml"), false, run_with("energy")});
  readers.push_back({"experiment", "configs/experiments/fuzzed.yaml", Form::text,
                     files_of("configs/experiments", ".yaml"), false,
                     [](const std::string& path) { read_experiments(path); }});
  readers.push_back({"preprocessing", "preprocess.yaml", Form::text, files_of("models", ".yaml"),
                     false, [](const std::string& path) { read_preprocess_yaml(path, 3); }});
}

void add_results(std::vector<FuzzedReader>& readers, const SmallRun& run) {
  const std::string table = source_path("configs/energy/aladdin_40nm.yaml");
  const auto repriced = [run, table](std::string RunFiles::*part) {
    return [run, table, part](const std::string& path) {
      RunFiles files = run.files;
      files.*part = text_of(path);
      reprice(files, "run", table);
    };
  };
  readers.push_back({"results.json",
                     "results.json",
                     Form::json,
                     {run.files.results_json},
                     false,
                     repriced(&RunFiles::results_json)});
  readers.push_back({"inputs.csv",
                     "inputs.csv",
                     Form::text,
                     {run.files.inputs_csv},
                     false,
                     repriced(&RunFiles::inputs_csv)});
  readers.push_back({"counts.csv",
                     "counts.csv",
                     Form::text,
                     {run.files.counts_csv},
                     false,
                     repriced(&RunFiles::counts_csv)});
}

}  // namespace

std::vector<FuzzedReader> fuzzed_readers(const std::string& folder) {
  std::vector<FuzzedReader> readers;
  readers.push_back({"ONNX", "model.onnx", Form::model, models(), false,
                     [](const std::string& path) { read_onnx(path); }});
  add_data_readers(readers);
  add_configurations(readers, folder);
  const SmallRun run = small_run();
  add_results(readers, run);
  add_stored_parts(readers, run);
  add_evaluations(readers, run, folder);
  return readers;
}

}  // namespace airnn::test
