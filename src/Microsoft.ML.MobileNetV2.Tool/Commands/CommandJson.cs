using System.Text.Json.Serialization;
using Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;
using Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Commands.Export;
using Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;
using Microsoft.ML.MobileNetV2.Tool.Commands.Info;
using Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;
using Microsoft.ML.MobileNetV2.Tool.Commands.Training;
using Microsoft.ML.MobileNetV2.Tool.Commands.Weights;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary>Writes the results of commands as JSON, without reflection. What is not a number is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(FiniteDoubleConverter), typeof(FiniteSingleConverter)])]
[JsonSerializable(typeof(ArchitectureResult))]
[JsonSerializable(typeof(CatalogEntryResult[]))]
[JsonSerializable(typeof(CleaningResult))]
[JsonSerializable(typeof(ComparisonRow[]))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(ExportResult))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(FeaturizeResult))]
[JsonSerializable(typeof(MergeResult))]
[JsonSerializable(typeof(ModelResult))]
[JsonSerializable(typeof(PredictionResult))]
[JsonSerializable(typeof(TrainingArguments))]
[JsonSerializable(typeof(TrainingResult))]
[JsonSerializable(typeof(WeightsResult))]
internal sealed partial class CommandJson : JsonSerializerContext;
