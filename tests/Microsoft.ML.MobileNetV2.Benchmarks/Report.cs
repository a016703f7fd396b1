using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Prints figures, as one JSON object or a line each.</summary>
internal static class Report
{
    internal static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    internal static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }

    internal static void Print(bool isJson, Dictionary<string, double> figures)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3))));
            return;
        }

        foreach ((string name, double value) in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value,10:0.###}"));
        }
    }
}
