// Read Weight Controller, to be filled in. docs/rtl.md has the pins and their rules.
// Lane i of a field of W bits is [i*W +: W]; lanes from the count on are 0.
//
// In the cycle in which boot is 1 the fetch of the directory begins. States and cycles are those of
// docs/control_protocol.md and docs/timing.md; a burst that mem_rsp brings is used in the same cycle,
// and an output may depend on all inputs of its cycle. Streams that go out have no ready: weights and
// input have 4 slots, results 2; one is taken with each item, and is back with the credit, of which
// several may come at once.
module airnn_controller #(
    parameter int unsigned LAYERS   = 8,    // layers of the largest network
    parameter int unsigned LANES    = 16,   // words of a beat
    parameter int unsigned SECTIONS = 256,  // of the largest image
    parameter int unsigned BUFFER   = 8     // bursts of a stream buffer, a power of two
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,   // 0: an edge without inputs changes nothing
    output logic error,  // what was read, or what was placed, cannot be
    output logic [15:0] rtl_sections,  // constant: so many sections an image may have

    // Of each layer: columns of its weights.
    input logic [LAYERS*24-1:0]          cfg_columns,
    input logic [15:0]                   cfg_directory_bursts,  // of header and section table
    input logic [31:0]                   cfg_input_elements,    // of an input map
    input logic [$clog2(LANES+1)-1:0]    cfg_lanes,             // words of a beat, at most
    input logic [15:0]                   cfg_outstanding_reads,
    input logic [$clog2(BUFFER+1)-1:0]   cfg_buffer_bursts,
    input logic                          cfg_prefetch,          // 1: the next batch while computing
    input logic [15:0]                   cfg_max_iterations,    // 0: as many as the image has
    input logic                          boot,                  // 1 in cycle 0

    // Memory: bursts of 64 bytes.
    output logic                        mem_req_valid,
    input  logic                        mem_req_ready,
    output logic [39:0]                 mem_req_address,
    output logic [2+$clog2(BUFFER)-1:0] mem_req_tag,  // stream, and above it the place
    input  logic                        mem_rsp_valid,
    input  logic [2+$clog2(BUFFER)-1:0] mem_rsp_tag,
    input  logic [511:0]                mem_rsp_data,

    // Host -> a job.
    input  logic        in_jobs_valid,
    output logic        in_jobs_ready,
    input  logic [39:0] in_jobs_address,
    input  logic [31:0] in_jobs_input,
    // Buffer Address Calculation -> the batch is in the buffers.
    input  logic        in_placed_valid,
    output logic        in_placed_ready,
    input  logic [31:0] in_placed_words,
    // The last layer's output map arrives at Score Calculation.
    input  logic        in_outputs_valid,
    output logic        in_outputs_ready,
    // Score Calculation -> a decision.
    input  logic        in_decision_valid,
    output logic        in_decision_ready,
    input  logic [63:0] in_decision_score,
    input  logic [15:0] in_decision_prediction,
    input  logic        in_decision_terminate,

    // -> Buffer Address Calculation: a beat of words.
    output logic                       out_weights_valid,
    input  logic [2:0]                 out_weights_credit,
    output logic [$clog2(LANES+1)-1:0] out_weights_count,
    output logic                       out_weights_last,
    output logic [15:0]                out_weights_valid_from,
    output logic [LANES*32-1:0]        out_weights_value,
    output logic [LANES*24-1:0]        out_weights_column,
    output logic [LANES*16-1:0]        out_weights_row,
    output logic [LANES*8-1:0]         out_weights_layer,
    // -> input buffer: a burst of the input map.
    output logic         out_input_valid,
    input  logic [2:0]   out_input_credit,
    output logic [31:0]  out_input_first,
    output logic [4:0]   out_input_count,
    output logic [511:0] out_input_values,
    // -> input buffer and all layers at once: 0 reset, 1 configure, 2 start.
    output logic        out_control_valid,
    output logic [1:0]  out_control_kind,
    output logic [31:0] out_control_input,
    output logic [15:0] out_control_iteration,
    // -> layers: kernels of a group, before the configure that they belong to.
    output logic                       out_tables_valid,
    output logic [$clog2(LANES+1)-1:0] out_tables_count,
    output logic [7:0]                 out_tables_layer,
    output logic [LANES*16-1:0]        out_tables_kernel,
    output logic [LANES*16-1:0]        out_tables_group,
    output logic [LANES*16-1:0]        out_tables_block,  // the first, and in the upper half how many
    // -> Host.
    output logic        out_results_valid,
    input  logic [1:0]  out_results_credit,
    output logic [63:0] out_results_score,
    output logic [15:0] out_results_prediction,
    output logic [31:0] out_results_input,
    output logic [15:0] out_results_iterations,

    // What nobody else can know, in this cycle.
    output logic [9:0] tell_entered,  // states that begin, bit by bit in the order of the page
    output logic       tell_fetching, // a fetch goes on,
    output logic       tell_beat,     // makes a beat,
    output logic       tell_refused,  // cannot send one for want of a slot,
    output logic       tell_fetched,  // ends
    output logic       tell_settled   // in Finish: nothing of a prefetch is under way
);
  assign rtl_sections = 16'(SECTIONS);

  // ---- Your design, in the place of this.

  logic unused;
  assign unused = &{1'b0, clk, rst_n, cfg_columns, cfg_directory_bursts, cfg_input_elements,
                    cfg_lanes, cfg_outstanding_reads, cfg_buffer_bursts, cfg_prefetch,
                    cfg_max_iterations, boot, mem_req_ready, mem_rsp_valid, mem_rsp_tag,
                    mem_rsp_data, in_jobs_valid, in_jobs_address, in_jobs_input, in_placed_valid,
                    in_placed_words, in_outputs_valid, in_decision_valid, in_decision_score,
                    in_decision_prediction, in_decision_terminate, out_weights_credit,
                    out_input_credit, out_results_credit};

  assign busy = 1'b0;
  assign error = 1'b0;
  assign mem_req_valid = 1'b0;
  assign mem_req_address = '0;
  assign mem_req_tag = '0;
  assign in_jobs_ready = 1'b0;
  assign in_placed_ready = 1'b0;
  assign in_outputs_ready = 1'b0;
  assign in_decision_ready = 1'b0;
  assign out_weights_valid = 1'b0;
  assign out_weights_count = '0;
  assign out_weights_last = 1'b0;
  assign out_weights_valid_from = '0;
  assign out_weights_value = '0;
  assign out_weights_column = '0;
  assign out_weights_row = '0;
  assign out_weights_layer = '0;
  assign out_input_valid = 1'b0;
  assign out_input_first = '0;
  assign out_input_count = '0;
  assign out_input_values = '0;
  assign out_control_valid = 1'b0;
  assign out_control_kind = '0;
  assign out_control_input = '0;
  assign out_control_iteration = '0;
  assign out_tables_valid = 1'b0;
  assign out_tables_count = '0;
  assign out_tables_layer = '0;
  assign out_tables_kernel = '0;
  assign out_tables_group = '0;
  assign out_tables_block = '0;
  assign out_results_valid = 1'b0;
  assign out_results_score = '0;
  assign out_results_prediction = '0;
  assign out_results_input = '0;
  assign out_results_iterations = '0;
  assign tell_entered = '0;
  assign tell_fetching = 1'b0;
  assign tell_beat = 1'b0;
  assign tell_refused = 1'b0;
  assign tell_fetched = 1'b0;
  assign tell_settled = 1'b0;
endmodule
