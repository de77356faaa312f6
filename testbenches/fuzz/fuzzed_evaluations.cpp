// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/fuzzed_evaluations.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "hw/sim/results_of_run.h"
#include "sw/data/data_file.h"
#include "sw/describe/points_summary.h"
#include "sw/evaluate/content_key.h"
#include "sw/evaluate/evaluation_document.h"
#include "sw/evaluate/evaluation_folder.h"
#include "sw/evaluate/merge.h"
#include "sw/evaluate/run_document.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/report/html_page.h"
#include "sw/report/markdown_page.h"
#include "sw/report/report_reader.h"
#include "sw/results/stored_record.h"

namespace airnn::test {

namespace {

namespace fs = std::filesystem;
using Form = FuzzedReader::Form;
using Json = nlohmann::ordered_json;

const std::string kImage(32, 'a');
const std::string kRuns[] = {std::string(32, '0'), std::string(32, '1')};

Plan plan_of_two_points() {
  Plan plan;
  plan.version = "1";
  plan.sources = "as they are";
  plan.title = "Two points";
  plan.networks.push_back(
      {"net", "n.onnx", "k1", "i.idx", "k2", "l.idx", "k3", 0, kSmallRunInputs});
  Experiment experiment;
  experiment.id = "e";
  experiment.title = "An experiment";
  const Settings where{{"network", "net", "net"}};
  experiment.published = {{"Table I", "accuracy", where, "", 1, {0.5, 0.25}, ""},
                          {"Table II", "energy", where, "", 0, {0.5}, ""},
                          {"Table V", "kernels", where, "conv", 1, {3}, ""}};
  experiment.plots = {{"A", "per_iteration", "", "accuracy", "all", {}},
                      {"B", "against", "threshold", "energy", "all", {}},
                      {"C", "front", "energy", "accuracy", "all", {}},
                      {"D", "distribution", "", "iterations", "all", where},
                      {"E", "cycles", "", "time", "compute_only", {}},
                      {"F", "elbow", "", "", "", {}}};
  plan.experiments.push_back(experiment);
  for (const std::string& run : kRuns) {
    PlannedPoint point;
    const std::string threshold = &run == kRuns ? "0.5" : "0.9";
    point.settings = {{"network", "net", "net"}, {"threshold", threshold, threshold}};
    point.commands = {"airnn compile n.onnx -o n.airnn"};
    point.image_key = kImage;
    point.run_key = run;
    point.records_key = run;
    point.scheme = &run == kRuns ? "base" : "iterative";
    point.base_key = "b";
    point.iterative_key = "i";
    plan.points.push_back(point);
  }
  return plan;
}

Json report_of_image() {
  const Json layer = {{"name", "conv"},
                      {"kernels", 4},
                      {"nonzero_kernels", 3},
                      {"interleaving", {{"kernels", 3}, {"groups", 2}}}};
  const Json batch = {{"iteration", 1}, {"layers", Json::array({layer})}};
  return {{"checksum", "00000000"},
          {"network_elbow", 3},
          {"elbow_curve", {1, 0.5, 0.25}},
          {"cumulative_fraction", {0.5, 1}},
          {"batches", Json::array({batch})}};
}

/// A folder as an evaluation leaves it.
class Shard {
 public:
  Shard(std::string folder, const SmallRun& run)
      : folder_(std::move(folder)), plan_(plan_of_two_points()), layout_(folder_, plan_.program()) {
    EvaluationFolder made(folder_, false, plan_.program());
    made.begin(plan_);
    for (const SealedFiles& step : layout_.steps(plan_)) {
      made.make_place(step);
    }
    const SealedFiles image = layout_.image(kImage);
    write_file(image.path(image.files[0]), "image");
    write_file(image.path(image.files[1]), report_of_image().dump(1));
    for (const std::string& key : kRuns) {
      const SealedFiles step = layout_.run(key);
      const std::string* const texts[] = {&run.files.results_json, &run.files.inputs_csv,
                                          &run.files.counts_csv};
      for (std::size_t i = 0; i < step.files.size(); ++i) {
        write_file(step.path(step.files[i]), *texts[i]);
      }
    }
    write_failures(folder_, {{1, {2, "for a reason"}}});
    seal();
    write_evaluation(plan_, folder_);
    seal();
  }

  /// Makes all seals those of the files as they are.
  void seal() const {
    for (const SealedFiles& step : layout_.steps(plan_)) {
      write_seal(step);
    }
    if (fs::exists(evaluation_file(folder_))) {
      write_seal(layout_.whole(plan_));
    }
  }
  std::string text_of(const std::string& name) const { return read_text(folder_ + "/" + name); }
  void restore(const std::string& name, const std::string& text) const {
    write_file(folder_ + "/" + name, text);
  }
  const std::string& folder() const { return folder_; }
  const EvaluationLayout& layout() const { return layout_; }

 private:
  std::string folder_;
  Plan plan_;
  EvaluationLayout layout_;
};

/// What `airnn merge` does.
void merge_into(const std::string& out, const std::vector<std::string>& folders) {
  fs::remove_all(out);
  const Plan plan = common_plan(folders);
  check_agreement(plan, folders);
  EvaluationFolder folder(out, false, plan.program());
  check_agreement(plan, folders, folder);
  folder.begin(plan);
  merge_folders(plan, folders, folder);
  write_evaluation(plan, out);
  folder.finish(plan);
  points_summary(plan, out);
}

void show(const ReportPart& part) {
  Report report{part, part};
  make_ids_unique(report);
  HtmlPage(report).text();
  MarkdownPage(report).text();
}

std::vector<std::uint8_t> bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

/// What an evaluation does with pieces of a run.
void write_results(const SmallRun& run, const RunRecord& record, const Predictions& predictions) {
  RunResults results = results_of_run(run.image, "small.airnn", run.config, record);
  results.labels.assign(record.inputs.size(), 0);
  results.predictions_if_stopped = predictions;
  run_files(results);
}

/// A seal that fits its last line, whatever it says.
void close_seal(const std::string& path) {
  std::string text = read_text(path);
  const std::size_t last = text.size() < 2 ? std::string::npos : text.rfind('\n', text.size() - 2);
  text.resize(last == std::string::npos ? text.size() : last + 1);
  write_file(path, text + "# " + ByteKey().add(text.data(), text.size()).text() + "\n");
}

}  // namespace

void add_stored_parts(std::vector<FuzzedReader>& readers, const SmallRun& run) {
  readers.push_back({"record of a piece",
                     "piece.records",
                     Form::cbor,
                     {run.record},
                     false,
                     [run](const std::string& path) {
                       const RunRecord next = stored_record(DataFile(path).read_all(), path,
                                                            run.image, kSmallRunInputs);
                       RunRecord record = decode_record(bytes_of(run.record));
                       append_stored(record, next, path);
                       write_results(run, record, {});
                     }});
  readers.push_back({"predictions",
                     "piece.predictions",
                     Form::cbor,
                     {run.predictions},
                     false,
                     [run](const std::string& path) {
                       write_results(run, decode_record(bytes_of(run.record)),
                                     stored_predictions(DataFile(path).read_all(), path, run.image,
                                                        kSmallRunInputs));
                     }});
}

void add_evaluations(std::vector<FuzzedReader>& readers, const SmallRun& run,
                     const std::string& folder) {
  const auto shard = std::make_shared<Shard>(folder + "/shard", run);
  const std::string results = std::string("runs/11/") + kRuns[1] + "/results.json";
  const auto merged = [&](const std::string& kind, const std::string& name) {
    const std::string good = shard->text_of(name);
    readers.push_back(
        {kind,
         "shard/" + name,
         Form::json,
         {good},
         false,
         [shard, name, good](const std::string& /*path*/) {
           shard->seal();
           try {
             merge_into(shard->folder() + "-merged", {shard->folder(), shard->folder()});
           } catch (...) {
             shard->restore(name, good);
             throw;
           }
           shard->restore(name, good);
         }});
  };
  merged("plan of a shard", "plan.json");
  merged("failures of a shard", "failures.json");
  merged("image report of a shard", "images/aa/" + kImage + ".json");
  merged("results of a shard", results);

  const SealedFiles image = shard->layout().image(kImage);
  const std::string whole = shard->text_of(EvaluationLayout::kSeal);
  const std::string of_image = shard->text_of("images/aa/" + image.seal);
  readers.push_back({"seal",
                     "shard/images/aa/" + image.seal,
                     Form::text,
                     {of_image, whole},
                     false,
                     [image](const std::string& path) {
                       close_seal(path);
                       fault_of(image);
                       faults_in(image.folder, image.seal);
                       fault_below(image.folder, image.seal);
                       differences(image, image);
                     }});
  readers.push_back(
      {"evaluation.json",
       "evaluation.json",
       Form::json,
       {shard->text_of("evaluation.json")},
       false,
       [](const std::string& path) { show(ReportReader::read(path, read_text(path))); }});
  readers.push_back({"run to report",
                     "run.json",
                     Form::json,
                     {run.files.results_json},
                     false,
                     [](const std::string& path) {
                       const StoredRun read = StoredRun::parse(read_text(path), path);
                       show(ReportReader::read(path, run_document(read).dump()));
                     }});
}

}  // namespace airnn::test
