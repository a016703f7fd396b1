#!/usr/bin/env dotnet
#:project ../../src/Microsoft.ML.MobileNetV2
#:property RestorePackagesWithLockFile=false
// Copied out of this repository, the program needs the package instead: #:package Microsoft.ML.MobileNetV2@*

using Microsoft.ML.MobileNetV2;

// Looks through images before anything is trained on them: how many there are of each class, which are damaged, which are there twice, and which labels
// are likely wrong. A program of one file, to be changed while it is used: dotnet run -c Release review.cs -- <folder with a subfolder for each class>
if (args is not [string folder])
{
    Console.Error.WriteLine("Usage: dotnet run -c Release review.cs -- <folder with a subfolder for each class>");
    return 2;
}

ImageDataset dataset = ImageDataset.FromFolder(folder);
foreach ((string name, int count) in dataset.ClassCounts)
{
    Console.WriteLine($"{count,6} {name}");
}

using MobileNetV2Engine engine = new();
List<LabeledImage> images = [];
List<float[]> features = [];
foreach (BatchResult<float[]> result in engine.Run(dataset.Images.Select(image => image.Image)))
{
    if (result.Error is { } error)
    {
        Console.WriteLine($"damaged: {error.Message}");
        continue;
    }

    images.Add(dataset.Images[(int)result.Index]);
    features.Add(result.Value);
}

foreach (IReadOnlyList<int> group in NearDuplicates.Find(features).Groups)
{
    Console.WriteLine($"alike: {string.Join(", ", group.Select(index => NameOf(images[index])))}");
}

foreach (SuspectLabel suspect in LabelReview.Find(features, [.. images.Select(image => image.Label)]))
{
    Console.WriteLine($"label: {NameOf(images[suspect.Index])} is rather {suspect.Suggested.Label} than {suspect.Given.Label}");
}

return 0;

string NameOf(LabeledImage image) => Path.GetRelativePath(folder, image.Image).Replace('\\', '/');
