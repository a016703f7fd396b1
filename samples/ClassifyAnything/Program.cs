using Microsoft.ML.MobileNetV2;

const int BarLength = 20;

// Files and folders of your own as arguments; four drawings otherwise.
string[] places = args.Length > 0 ? args : [Path.Combine(AppContext.BaseDirectory, "images")];
string[] paths = [.. places.SelectMany(ListFiles)];

using ImageClassifier classifier = ImageClassifier.ForImageNet();
int unreadable = 0;
foreach (BatchResult<ImagePrediction> result in classifier.Predict(paths, topK: 3))
{
    if (result.Error is { } error)
    {
        Console.Error.WriteLine($"error: {error.Message}");
        unreadable++;
        continue;
    }

    Console.WriteLine(Path.GetFileName(paths[result.Index]));
    foreach (ClassScore score in result.Value.Scores)
    {
        string bar = new string('█', (int)Math.Round(BarLength * score.Score)).PadRight(BarLength);
        Console.WriteLine($"  {score.Score,7:0.0 %}  {bar}  {score.Label}");
    }
}

return unreadable == 0 ? 0 : 1;

static string[] ListFiles(string place) => Directory.Exists(place) ? [.. Directory.GetFiles(place).Order(StringComparer.Ordinal)] : [place];
