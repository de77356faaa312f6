// SPDX-License-Identifier: Apache-2.0
//
// The stream assembler: makes the beats of a fetch of the bytes that have arrived, words with their
// coordinates. A beat is made when all that it needs is there, and frees what it used up. Beats are
// full but for the last of a range or cluster.
module airnn_assembler #(
    parameter int unsigned LAYERS = 8,
    parameter int unsigned LANES  = 16
) (
    input logic        clk,
    input logic        rst_n,
    input logic        clear,        // at the edge: the fetch has ended,
    input logic [15:0] next_cursor,  // and the next one's ranges begin here

    input logic [LAYERS*24-1:0]       cfg_columns,
    input logic [$clog2(LANES+1)-1:0] cfg_lanes,
    input logic [2:0]                 value_bytes,
    input logic [2:0]                 index_bytes,

    input logic        runs,
    input logic [2:0]  kind,       // of the fetch (airnn_controller)
    input logic [15:0] iteration,  // of what is fetched
    input logic [31:0] direct_words,  // of directory and input map, each of 4 bytes

    // Entries of the section table: four of the present cluster or layer, and what follows it.
    output logic [15:0]     cursor,
    input  logic [3:0]      cursor_kind,
    input  logic [15:0]     cursor_iteration,
    output logic [5*16-1:0] look_at,
    input  logic [3:0]      next_kind,
    input  logic [15:0]     next_iteration,
    input  logic [7:0]      entry_layer,
    input  logic [4*32-1:0] entry_bytes,

    // Stream buffers: value, column, row, layer.
    input  logic [4*32-1:0]                    arrived,
    output logic [4*32-1:0]                    used,
    output logic [4*32-1:0]                    used_next,  // with the beat
    input  logic [(LANES>16?LANES:16)*32-1:0]  values,
    input  logic [LANES*32-1:0]                columns,
    input  logic [(LANES+1)*64-1:0]            rows,
    input  logic [(LANES+1)*64-1:0]            layers,

    output logic        is_ready,  // a beat can be made
    input  logic        made,      // it is
    output logic        is_empty,  // the fetch has no ranges
    output logic        is_last,   // the fetch ends with the beat
    output logic        damaged,
    output logic [15:0] cursor_after,

    output logic [$clog2((LANES>16?LANES:16)+1)-1:0] count,  // words, or kernels of a table
    output logic [31:0]                              first,  // of the range's words
    output logic [LANES*32-1:0]                      word_value,
    output logic [LANES*24-1:0]                      word_column,
    output logic [LANES*16-1:0]                      word_row,
    output logic [LANES*8-1:0]                       word_layer,
    output logic [7:0]                               table_layer,
    output logic [LANES*16-1:0]                      table_kernel,
    output logic [LANES*16-1:0]                      table_group,
    output logic [LANES*16-1:0]                      table_block  // first, and how many above it
);
  localparam logic [2:0] DIRECTORY = 0, BIASES = 1, INPUT_MAP = 2, BATCH = 3, TABLES = 4;
  localparam int unsigned MOST = LANES > 16 ? LANES : 16;
  localparam int unsigned COUNT = $clog2(MOST + 1);
  localparam int unsigned ENTRIES = LANES + 1;
  localparam int unsigned ENTRY_COUNT = $clog2(ENTRIES + 1);

  logic [15:0]     cursor_r;
  logic [4*32-1:0] begin_r;  // bytes of the streams before the present range
  logic [4*32-1:0] used_r;
  logic [31:0]     at_r;     // words of the range that were made
  logic [31:0]     rows_r;   // row entries likewise
  logic [15:0]     row_r;    // of the word before
  logic [7:0]      layer_r;  // likewise
  logic [23:0]     column_r; // of a matrix, the next word's

  // ---- What the range is.

  logic is_direct, is_dense, is_cluster, is_table, is_bias;
  logic has_next;
  logic [15:0] stride;
  assign is_direct = kind == DIRECTORY || kind == INPUT_MAP;
  assign is_bias = kind == BIASES && cursor_kind == 4'd2;
  assign is_dense = kind == BATCH && cursor_kind == 4'd3;
  assign is_cluster = kind == BATCH && cursor_kind == 4'd4 && cursor_iteration == iteration;
  assign is_table = kind == TABLES && cursor_kind == 4'd8 && cursor_iteration == iteration;
  assign stride = is_cluster ? 16'd4 : is_table ? 16'd3 : 16'd1;
  assign is_empty = !is_direct && !is_bias && !is_dense && !is_cluster && !is_table;
  for (genvar p = 0; p < 4; p++) begin : g_look
    assign look_at[p*16+:16] = cursor_r + 16'(p);
  end
  assign look_at[4*16+:16] = cursor_r + stride;
  assign has_next = !is_direct && next_kind == cursor_kind &&
      (is_bias || is_dense || next_iteration == iteration);

  logic [4*32-1:0] size;  // bytes of the streams up to the end of the range
  always_comb begin : measure
    size = begin_r;
    if (is_direct) size[31:0] = begin_r[31:0] + {direct_words[29:0], 2'd0};
    if (is_bias || is_dense) size[31:0] = begin_r[31:0] + entry_bytes[31:0];
    for (int unsigned s = 0; s < 4; s++) begin
      if (is_cluster) size[s*32+:32] = begin_r[s*32+:32] + entry_bytes[s*32+:32];
    end
    for (int unsigned s = 1; s < 4; s++) begin
      if (is_table) size[s*32+:32] = begin_r[s*32+:32] + entry_bytes[(s-1)*32+:32];
    end
  end

  // ---- How many words the beat has.

  logic [1:0]  value_shift, index_shift;
  logic [31:0] words;  // of the range
  logic [31:0] left;
  logic [31:0] lanes;
  logic [31:0] ends_at;
  logic        is_last_of_range;
  function automatic logic [1:0] shift_of(input logic [2:0] bytes_of);
    shift_of = bytes_of >= 3'd4 ? 2'd2 : bytes_of >= 3'd2 ? 2'd1 : 2'd0;
  endfunction
  assign value_shift = is_direct || is_bias ? 2'd2 : shift_of(value_bytes);
  assign index_shift = shift_of(index_bytes);
  assign words = is_direct ? direct_words :
                 is_table ? entry_bytes[31:0] >> index_shift : entry_bytes[31:0] >> value_shift;
  assign lanes = is_direct ? 32'd16 : 32'(cfg_lanes);
  assign left = words - at_r;
  assign count = left < lanes ? COUNT'(left) : COUNT'(lanes);
  assign ends_at = at_r + 32'(count);
  assign is_last_of_range = ends_at == words;
  assign is_last = is_last_of_range && !has_next;
  assign first = at_r;
  assign cursor = cursor_r;
  assign cursor_after = cursor_r + (made && is_last_of_range && !is_direct ? stride : 16'd0);

  // ---- What it needs, and uses up.

  logic [ENTRY_COUNT-1:0] row_count, layer_count;
  logic [31:0]            row_bytes, layer_bytes;
  logic [ENTRIES*16-1:0]  row_number, layer_number;
  logic [ENTRIES*8-1:0]   row_offset, layer_offset;
  logic                   rows_certain, layers_certain, rows_damaged, layers_damaged;

  airnn_entries #(
      .ENTRIES(ENTRIES)
  ) row_entries (
      .index_bytes, .window(rows), .used(used_r[2*32+:32]), .size(size[2*32+:32]),
      .arrived(arrived[2*32+:32]), .first(at_r), .limit(ends_at), .is_certain(rows_certain),
      .is_damaged(rows_damaged), .count(row_count), .count_bytes(row_bytes), .number(row_number),
      .offset(row_offset)
  );
  airnn_entries #(
      .ENTRIES(ENTRIES)
  ) layer_entries (
      .index_bytes, .window(layers), .used(used_r[3*32+:32]), .size(size[3*32+:32]),
      .arrived(arrived[3*32+:32]), .first(rows_r), .limit(rows_r + 32'(row_count)),
      .is_certain(layers_certain), .is_damaged(layers_damaged), .count(layer_count),
      .count_bytes(layer_bytes), .number(layer_number), .offset(layer_offset)
  );

  logic [4*32-1:0] step;  // bytes of the streams that the beat uses up
  always_comb begin : use_up
    step = '0;
    if (is_table) begin
      step[1*32+:32] = 32'(count) << index_shift;
      step[2*32+:32] = 32'(count) << index_shift;
      step[3*32+:32] = 32'(count) << 1;
    end else begin
      step[31:0] = 32'(count) << value_shift;
      if (is_cluster) begin
        step[1*32+:32] = 32'(count) << index_shift;
        step[2*32+:32] = row_bytes;
        step[3*32+:32] = layer_bytes;
      end
    end
  end

  logic [3:0] has_bytes;
  for (genvar s = 0; s < 4; s++) begin : g_streams
    logic [31:0] up_to;
    assign up_to = used_r[s*32+:32] + step[s*32+:32];
    assign has_bytes[s] = up_to <= arrived[s*32+:32];
    // All bursts of a range are free with its last beat.
    assign used_next[s*32+:32] =
        is_last_of_range ? (size[s*32+:32] + 32'd63) & ~32'd63 : up_to;
  end
  assign used = used_r;
  assign is_ready = runs && !is_empty && has_bytes == '1 &&
      (!is_cluster || (rows_certain && layers_certain));
  assign damaged = made && is_cluster && (rows_damaged || layers_damaged);

  // ---- The words.

  logic [ENTRIES*8-1:0] entry_layers;  // of each row entry
  logic [LANES*16-1:0]  sparse_row;
  logic [LANES*8-1:0]   sparse_layer;
  always_comb begin : find_layers
    for (int unsigned j = 0; j < ENTRIES; j++) begin
      entry_layers[j*8+:8] = layer_r;
      for (int unsigned m = 0; m <= j; m++) begin
        if (ENTRY_COUNT'(m) < layer_count && layer_offset[m*8+:8] <= 8'(j))
          entry_layers[j*8+:8] = layer_number[m*16+:8];
      end
    end
  end
  always_comb begin : find_rows
    for (int unsigned i = 0; i < LANES; i++) begin
      sparse_row[i*16+:16] = row_r;
      sparse_layer[i*8+:8] = layer_r;
      for (int unsigned j = 0; j <= i; j++) begin
        if (ENTRY_COUNT'(j) < row_count && row_offset[j*8+:8] <= 8'(i)) begin
          sparse_row[i*16+:16] = row_number[j*16+:16];
          sparse_layer[i*8+:8] = entry_layers[j*8+:8];
        end
      end
    end
  end

  // In a matrix, and among biases, which are two words of a row, each word is one column further on.
  logic [23:0]                 width, offset;
  logic [(LANES+1)*24-1:0]     matrix_column;
  logic [(LANES+1)*16-1:0]     matrix_row;
  logic [23:0]                 walk_column;
  logic [15:0]                 walk_row;
  logic [23:0]                 layer_columns;
  assign layer_columns = 32'(entry_layer) < LAYERS ? cfg_columns[32'(entry_layer)*24+:24] : '0;
  assign width = is_bias ? 24'd2 : layer_columns;
  assign offset = is_bias ? layer_columns : 24'd0;
  always_comb begin : walk
    walk_column = column_r;
    walk_row = row_r;
    for (int unsigned i = 0; i <= LANES; i++) begin
      matrix_column[i*24+:24] = walk_column;
      matrix_row[i*16+:16] = walk_row;
      walk_column = walk_column + 24'd1;
      if (walk_column == width) begin
        walk_column = '0;
        walk_row = walk_row + 16'd1;
      end
    end
  end

  for (genvar i = 0; i < LANES; i++) begin : g_words
    logic is_word;
    logic [31:0] wide_column;
    assign is_word = COUNT'(i) < count;
    always_comb begin
      case (value_shift)
        2'd0:    word_value[i*32+:32] = 32'(signed'(values[i*8+:8]));
        2'd1:    word_value[i*32+:32] = 32'(signed'(values[i*16+:16]));
        default: word_value[i*32+:32] = values[i*32+:32];
      endcase
      case (index_shift)
        2'd0:    wide_column = 32'(columns[i*8+:8]);
        2'd1:    wide_column = 32'(columns[i*16+:16]);
        default: wide_column = columns[i*32+:32];
      endcase
      if (!is_word) word_value[i*32+:32] = '0;
    end
    assign word_column[i*24+:24] = !is_word ? '0 : is_cluster ? wide_column[23:0] :
        matrix_column[i*24+:24] + offset;
    assign word_row[i*16+:16] = !is_word ? '0 : is_cluster ? sparse_row[i*16+:16] :
        matrix_row[i*16+:16];
    assign word_layer[i*8+:8] = !is_word ? '0 : is_cluster ? sparse_layer[i*8+:8] : entry_layer;
    assign table_kernel[i*16+:16] = is_word && is_table ? wide_column[15:0] : '0;
    always_comb begin
      case (index_shift)
        2'd0:    table_group[i*16+:16] = 16'(rows[i*8+:8]);
        2'd1:    table_group[i*16+:16] = rows[i*16+:16];
        default: table_group[i*16+:16] = rows[i*32+:16];
      endcase
      if (!is_word || !is_table) table_group[i*16+:16] = '0;
    end
    assign table_block[i*16+:16] = is_word && is_table ? layers[i*16+:16] : '0;
    logic unused_column;
    assign unused_column = &{1'b0, wide_column};
  end
  assign table_layer = is_table ? entry_layer : '0;

  logic unused;
  assign unused = &{1'b0, values, direct_words, layer_number};

  always_ff @(posedge clk) begin
    if (!rst_n || clear) begin
      cursor_r <= rst_n ? next_cursor : '0;
      begin_r  <= '0;
      used_r   <= '0;
      at_r     <= '0;
      rows_r   <= '0;
      row_r    <= '0;
      layer_r  <= '0;
      column_r <= '0;
    end else if (made) begin
      cursor_r <= cursor_after;
      used_r   <= used_next;
      if (is_last_of_range) begin
        begin_r  <= used_next;
        at_r     <= '0;
        rows_r   <= '0;
        row_r    <= '0;
        layer_r  <= '0;
        column_r <= '0;
      end else begin
        at_r     <= ends_at;
        rows_r   <= rows_r + 32'(row_count);
        row_r    <= is_cluster ? sparse_row[(32'(count)-1)*16+:16] : matrix_row[32'(count)*16+:16];
        layer_r  <= sparse_layer[(32'(count)-1)*8+:8];
        column_r <= matrix_column[32'(count)*24+:24];
      end
    end
  end
endmodule
