using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes arithmetic on numbers of double precision into an ONNX graph; each method returns the name of its result.</summary>
internal sealed class OnnxNumbers(OnnxGraphBuilder graph)
{
    private readonly Dictionary<double, string> _constants = [];

    internal string this[double value] => _constants.TryGetValue(value, out string? known)
        ? known
        : _constants[value] = graph.Number(string.Create(CultureInfo.InvariantCulture, $"number.{value:R}"), value);

    internal string Add(string left, string right) => graph.Node("Add", [left, right]);

    internal string Subtract(string left, string right) => graph.Node("Sub", [left, right]);

    internal string Multiply(string left, string right) => graph.Node("Mul", [left, right]);

    internal string Divide(string left, string right) => graph.Node("Div", [left, right]);

    internal string Smaller(string left, string right) => graph.Node("Min", [left, right]);

    internal string Larger(string left, string right) => graph.Node("Max", [left, right]);

    /// <summary>Rounds halves to even, as <see cref="Math.Round(double)"/> does.</summary>
    internal string Round(string value) => graph.Node("Round", [value]);

    /// <summary>Halves a number and leaves out what is behind the point.</summary>
    internal string HalfOf(string value) => graph.Node("Floor", [Multiply(value, this[0.5])]);

    /// <summary>Lists first, first + 1, … as long as they are below <paramref name="end"/>.</summary>
    internal string Range(string first, string end) => graph.Node("Range", [first, end, this[1]]);
}
