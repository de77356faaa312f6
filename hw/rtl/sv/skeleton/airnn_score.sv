// Score Calculation, to be filled in. docs/rtl.md has the pins and their rules, docs/numbers.md every
// bit of the softmax. Class i of a field of W bits is [i*W +: W].
//
// Outputs are taken in the cycle in which valid and ready are both 1. The decision appears on
// out_decision for one cycle, in the LATENCY - 1st edge behind it. There is one slot for it: it is taken
// with the outputs, and is back with out_decision_credit.
module airnn_score #(
    parameter int unsigned CLASSES = 10,
    parameter int unsigned SOFTMAX = 1   // 0: the score is the margin of the outputs
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,  // 0: an edge without inputs changes nothing
    output logic error,
    output logic [15:0] rtl_latency,  // from taking the outputs to the decision
    output logic        rtl_softmax,

    input logic [63:0] cfg_threshold,
    input logic [15:0] cfg_min_iterations,
    input logic [15:0] cfg_iterations,  // the last always terminates
    input logic [5:0]  cfg_shift,       // fraction bits of the outputs + 4

    // Last layer -> its outputs.
    input  logic                  in_outputs_valid,
    output logic                  in_outputs_ready,
    input  logic [CLASSES*32-1:0] in_outputs_values,
    input  logic [31:0]           in_outputs_input,
    input  logic [15:0]           in_outputs_iteration,

    // -> Read Weight Controller, which has one slot.
    output logic        out_decision_valid,
    input  logic        out_decision_credit,
    output logic [63:0] out_decision_score,
    output logic [15:0] out_decision_prediction,
    output logic        out_decision_terminate,
    output logic [31:0] out_decision_input,
    output logic [15:0] out_decision_iteration
);
  localparam int unsigned LATENCY = 2;  // of your design
  assign rtl_latency = 16'(LATENCY);
  assign rtl_softmax = SOFTMAX != 0;

  // ---- Your design, in the place of this.

  logic unused;
  assign unused = &{1'b0, clk, rst_n, cfg_threshold, cfg_min_iterations, cfg_iterations, cfg_shift,
                    in_outputs_valid, in_outputs_values, in_outputs_input, in_outputs_iteration,
                    out_decision_credit};
  assign busy = 1'b0;
  assign error = 1'b0;
  assign in_outputs_ready = 1'b0;
  assign out_decision_valid = 1'b0;
  assign out_decision_score = '0;
  assign out_decision_prediction = '0;
  assign out_decision_terminate = 1'b0;
  assign out_decision_input = '0;
  assign out_decision_iteration = '0;
endmodule
