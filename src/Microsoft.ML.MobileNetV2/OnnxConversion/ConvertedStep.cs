using System.Globalization;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.OnnxConversion;

/// <summary>Represents one of ML.NET's own steps as ML.NET's converter writes it: a graph from columns to columns.</summary>
internal sealed class ConvertedStep
{
    /// <summary>What ML.NET appends to the name of a column where it is an output of the graph.</summary>
    internal const string OutputSuffix = ".output";

    private readonly string _name;
    private readonly GraphProto _graph;

    /// <param name="name">How messages call the step.</param>
    /// <param name="graph">The step as a graph, with outputs as ML.NET names them.</param>
    internal ConvertedStep(string name, GraphProto graph)
    {
        _name = name;
        _graph = graph;
    }

    /// <summary>Converts a step.</summary>
    /// <param name="name">How messages call the step.</param>
    /// <param name="step">The fitted step.</param>
    /// <param name="inputSchema">The columns before the step.</param>
    /// <exception cref="NotSupportedException">ML.NET cannot convert the step.</exception>
    internal static ConvertedStep Create(string name, ITransformer step, DataViewSchema inputSchema)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Convert(name, step, new NoRows(ConvertibleColumns.Select(inputSchema))));
        return OperatorSets.FindFault(model) is { } fault
            ? throw new NotSupportedException($"{name} cannot be written as ONNX: ML.NET converts it to {fault}.")
            : new(name, model.Graph);
    }

    /// <summary>Returns the part of the graph that computes some columns.</summary>
    /// <exception cref="NotSupportedException">ML.NET left a column out, or wrote a graph that cannot run.</exception>
    internal GraphSlice Compute(IReadOnlyCollection<string> columns) => GraphSlice.Create(
        _name, _graph, columns.ToDictionary(column => column, column => $"{column}{OutputSuffix}", StringComparer.Ordinal));

    private static byte[] Convert(string name, ITransformer step, NoRows rows)
    {
        using MemoryStream stream = new();
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            // ML.NET writes numbers among the values of keys as the current culture does, and ONNX Runtime reads them as C does.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            new MLContext().Model.ConvertToOnnx(step, rows, OperatorSets.ConverterVersion, stream);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or NotSupportedException or NotImplementedException or FormatException)
        {
            throw new NotSupportedException($"{name} cannot be written as ONNX: ML.NET has no conversion of it.", e);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        return stream.ToArray();
    }
}
