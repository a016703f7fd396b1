using Microsoft.ML;
using Microsoft.ML.MobileNetV2;

namespace ModelBuilder;

/// <summary>What Model Builder generates to train a model of images, with this library's trainer in the place of <c>ImageClassification</c>.</summary>
internal static partial class SurfaceDefects
{
    /// <summary>Trains on a folder of images, one sub-folder a class, and saves the model.</summary>
    internal static void Train(string outputModelPath, string inputDataFolderPath)
    {
        MLContext mlContext = new(seed: 1);
        IDataView data = LoadImageFromFolder(mlContext, inputDataFolderPath);
        ITransformer model = RetrainModel(mlContext, data);
        SaveModel(mlContext, model, data, outputModelPath);
    }

    /// <summary>Returns the images of a folder with their classes; an image is read when its row is.</summary>
    internal static IDataView LoadImageFromFolder(MLContext mlContext, string folder) => mlContext.Data.LoadFromEnumerable(
        from image in ImageDataset.FromFolder(folder).Images
        select new ModelInput { Label = image.Label, ImageSource = File.ReadAllBytes(image.Image) });

    /// <summary>Saves a model.</summary>
    internal static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath) =>
        mlContext.Model.Save(model, data.Schema, modelSavePath);

    /// <summary>Trains on rows of <see cref="ModelInput"/>.</summary>
    internal static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline; nothing is trained.</summary>
    internal static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) => mlContext.Transforms.Conversion.MapValueToKey("Label")
        .Append(mlContext.MulticlassClassification.Trainers.MobileNetV2(labelColumnName: "Label", imageColumnName: "ImageSource"))
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
