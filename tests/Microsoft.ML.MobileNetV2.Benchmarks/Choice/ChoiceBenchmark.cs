using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Prints the table that helps to choose a network and its input size.</summary>
internal static class ChoiceBenchmark
{
    internal static void Run(BenchmarkArguments arguments)
    {
        string reference = arguments.ReferenceFolder;
        string images = Path.Combine(reference, "images");
        NetworkChoice[] networks = NetworkChoice.All(reference);
        using NetworkSpeed speed = new(networks, Directory.GetFiles(Path.Combine(images, "imagenet-samples")), arguments.Rounds);
        (double Milliseconds, double Rate)[] speeds = speed.Measure();
        ImageDecodingOptions decoding = new() { UseScaledDecoding = !arguments.IsFullDecoding };
        Console.WriteLine("| Weights | Size | Clothing | Signs | ImageNet top-1, top-5 | One image | Images a second | File |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < networks.Length; i++)
        {
            double clothing = TransferAccuracy.Measure(Path.Combine(images, "clothing"), networks[i], decoding);
            double signs = TransferAccuracy.Measure(Path.Combine(images, "signs"), networks[i], decoding);
            (double TopOne, double TopFive)? classes = ImageNetAccuracy.Measure(reference, networks[i], decoding);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {networks[i].Name} | {networks[i].InputSize} px | {clothing:0.000} | {signs:0.000} | {Text(classes)} | " +
                $"{speeds[i].Milliseconds:0.0} ms | {speeds[i].Rate:0} | {networks[i].Megabytes} MB |"));
        }
    }

    private static string Text((double TopOne, double TopFive)? classes) =>
        classes is var (topOne, topFive) ? string.Create(CultureInfo.InvariantCulture, $"{topOne:0.000}, {topFive:0.000}") : "–";
}
